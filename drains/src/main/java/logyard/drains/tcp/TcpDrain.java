package logyard.drains.tcp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import logyard.core.drain.Confirmation;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.MessageFormat;
import logyard.core.drain.syslog.OctetCounting;

/** An open way to a TCP or TLS target: one connection, replaced by a new one when it is old if that is wanted. */
final class TcpDrain implements Drain {
    /** As much as the kernel may hold unsent; see {@link TcpDialer}. */
    static final int TRAILING_BYTES = 256 << 10;

    private static final Confirmation CONFIRMATION = new Confirmation(TRAILING_BYTES, Duration.ofSeconds(2));

    /** How long a close waits for the target to read what it has and close, too, if nothing else is said. */
    private static final Duration LINGER = Duration.ofMillis(650);

    private final TcpSettings settings;
    private final ConnectionSuccession connections;

    TcpDrain(String name, TcpSettings settings, TcpConnection first, TcpDialer dialer) {
        this.settings = settings;
        this.connections = new ConnectionSuccession(name, settings.maxConnectionAge(), first, dialer);
    }

    @Override
    public Executor executor() {
        return connections.eventLoop();
    }

    @Override
    public MessageFormat format(DrainSpec spec) {
        return settings.octetCounting() ? new OctetCounting(spec.format()) : spec.format();
    }

    @Override
    public CompletionStage<Void> write(DrainBatch batch) {
        return connections.write(batch);
    }

    @Override
    public CompletionStage<Void> failure() {
        return connections.failure();
    }

    @Override
    public Confirmation confirmation() {
        return CONFIRMATION;
    }

    @Override
    public long taken() {
        return connections.taken();
    }

    @Override
    public boolean isQuiet() {
        return connections.isQuiet();
    }

    @Override
    public CompletionStage<Boolean> close() {
        return close(LINGER);
    }

    /** Ends our direction, and gives the target a moment to end its own: then it has read everything. */
    @Override
    public CompletionStage<Boolean> close(Duration patience) {
        TcpConnection last = connections.close();
        CompletableFuture<Boolean> peerEnded = last.end();
        connections
                .eventLoop()
                .schedule(
                        () -> {
                            if (peerEnded.complete(false)) {
                                last.abandon();
                            }
                        },
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
        return peerEnded;
    }

    @Override
    public String toString() {
        return "TcpDrain{" + settings.name() + "}";
    }
}
