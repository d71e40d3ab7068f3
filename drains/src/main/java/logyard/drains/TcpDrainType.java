package logyard.drains;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainType;

/** {@code tcp://host:port}: each event with a line feed at its end, over one connection per node. */
public final class TcpDrainType implements DrainType {
    /** From the name to the open connection. */
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    /**
     * Half of what counts as in doubt, because Linux takes twice what it is told, and counts its own overhead in: so what
     * the kernel holds unsent is never more than what is sent again after a reconnect.
     */
    private static final int SEND_BUFFER_BYTES = TcpDrain.TRAILING_BYTES / 2;

    private final DrainLoops loops = new DrainLoops();
    private final Resolver resolver = new Resolver();

    @Override
    public Set<String> schemes() {
        return Set.of("tcp");
    }

    @Override
    public void check(DrainSpec spec, DrainEnvironment environment) {
        DrainSpec.HostAndPort unused = spec.hostAndPort();
    }

    @Override
    public CompletableFuture<Drain> open(DrainSpec spec, DrainEnvironment environment) {
        DrainSpec.HostAndPort target = spec.hostAndPort();
        var opened = new CompletableFuture<Drain>();
        resolver.resolve(target.host()).whenComplete((addresses, error) -> {
            if (error == null) {
                connect(target, addresses, 0, opened);
            } else {
                opened.completeExceptionally(failure(target, error));
            }
        });
        CompletableFuture.delayedExecutor(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> opened.completeExceptionally(failure(target, new TimeoutException())));
        return opened;
    }

    /** Tries one address after the other. */
    private void connect(
            DrainSpec.HostAndPort target, List<InetAddress> addresses, int index, CompletableFuture<Drain> opened) {
        if (opened.isDone()) {
            return;
        }
        var handler = new TcpDrain.Handler();
        Bootstrap bootstrap = loops.tcp()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_LIMIT.toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(handler);
                    }
                });
        ChannelFuture attempt = bootstrap.connect(new InetSocketAddress(addresses.get(index), target.port()));
        opened.whenComplete((drain, error) -> attempt.cancel(true));
        attempt.addListener(done -> {
            if (done.isSuccess()) {
                if (!opened.complete(new TcpDrain((SocketChannel) attempt.channel(), handler))) {
                    attempt.channel().close();
                }
            } else if (index + 1 < addresses.size()) {
                connect(target, addresses, index + 1, opened);
            } else {
                opened.completeExceptionally(failure(target, done.cause()));
            }
        });
    }

    /** The reason in the words of the original, which operators and their filters know. */
    private static IOException failure(DrainSpec.HostAndPort target, Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof IOException known
                && String.valueOf(known.getMessage()).startsWith("dial tcp")) {
            return known;
        }
        String why = cause instanceof TimeoutException
                ? "no answer within " + CONNECT_LIMIT.toSeconds() + " s"
                : cause instanceof UnknownHostException ? "no such host" : reason(cause);
        return new IOException("dial tcp " + target + ": " + why, cause);
    }

    /** Netty says {@code finishConnect(..) failed with error(-111): Connection refused: /10.0.0.9:1}. */
    private static String reason(Throwable cause) {
        String withoutAddress = String.valueOf(cause.getMessage()).replaceFirst(": [^ ]*/[^ ]+$", "");
        return withoutAddress
                .replaceFirst("^.*failed with error\\(-\\d+\\): ", "")
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        resolver.close();
        loops.close();
    }
}
