package logyard.drains.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainType;
import logyard.drains.net.Dialer;
import logyard.drains.net.Network;

/**
 * {@code tcp://host:port}, {@code tls://host:port} and {@code syslog+tls://host:port}: each event with a line feed at its
 * end or its length before it, over one connection per node.
 */
public final class TcpDrainType implements DrainType {
    private final Network network = Network.share();
    private final Duration connectLimit;

    public TcpDrainType() {
        this(Dialer.LIMIT);
    }

    /** For tests that do not want to wait. */
    TcpDrainType(Duration connectLimit) {
        this.connectLimit = connectLimit;
    }

    @Override
    public Set<String> schemes() {
        return TcpSettings.SCHEMES;
    }

    @Override
    public Set<String> parameters() {
        return TcpSettings.PARAMETERS;
    }

    @Override
    public void check(DrainSpec spec, DrainEnvironment environment) {
        environment.denied().check(TcpSettings.of(spec).target());
    }

    @Override
    public CompletableFuture<Drain> open(DrainSpec spec, DrainEnvironment environment) {
        TcpSettings settings = TcpSettings.of(spec);
        var dialer = new TcpDialer(settings, network, environment, connectLimit);
        var opened = new CompletableFuture<Drain>();
        CompletableFuture<TcpConnection> connected = dialer.connect(Optional.empty());
        opened.whenComplete((drain, error) -> connected.cancel(true));
        CompletableFuture.delayedExecutor(connectLimit.plus(Dialer.GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> opened.completeExceptionally(new IOException(
                        settings.name() + ": not open in time; does the disk with drain.secrets_dir answer?")));
        connected.whenComplete((connection, error) -> {
            if (error != null) {
                opened.completeExceptionally(error);
            } else if (!opened.complete(new TcpDrain(spec.name(), settings, connection, dialer))) {
                connection.abandon();
            }
        });
        return opened;
    }

    @Override
    public void close() {
        network.close();
    }
}
