package logyard.drains.tcp;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import logyard.core.drain.DrainEnvironment;
import logyard.drains.net.Dialer;
import logyard.drains.net.Network;

/** Opens the connections of one drain: each with the addresses and the files as they are then. Any thread. */
final class TcpDialer {
    /**
     * Linux takes twice what it is told, and then some: with this it was seen to hold up to 242,176 bytes, whatever the size
     * of the writes. So what the kernel holds unsent is less than what is sent again after a reconnect. With 128 KiB it held
     * 294,912.
     */
    private static final int SEND_BUFFER_BYTES = 96 << 10;

    private final TcpSettings settings;
    private final Network network;
    private final DrainEnvironment environment;
    private final Duration limit;

    /** @param limit from the beginning to the end of the TLS handshake, where there is one */
    TcpDialer(TcpSettings settings, Network network, DrainEnvironment environment, Duration limit) {
        this.settings = settings;
        this.network = network;
        this.environment = environment;
        this.limit = limit;
    }

    /**
     * Connects, and shakes hands if the drain has TLS; never waits. If it is cancelled, a connection that opens
     * nevertheless is closed.
     *
     * @param loop what the connection is to run on; empty: any
     */
    CompletableFuture<TcpConnection> connect(Optional<EventLoop> loop) {
        var connected = new CompletableFuture<TcpConnection>();
        long beganNanos = System.nanoTime();
        CompletableFuture<Optional<SslContext>> tls = settings.tls().isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : network.resolver()
                        .read(() -> Optional.of(settings.tls().orElseThrow().read(environment.secretsFolder())));
        var handlers = new AtomicReference<Handlers>(); // not in the pipeline any more if the target closed it already
        tls.thenCompose(context -> dial(context, loop, beganNanos, handlers, connected))
                .whenComplete((channel, error) -> {
                    if (error != null) {
                        connected.completeExceptionally(
                                error instanceof CompletionException && error.getCause() != null
                                        ? error.getCause()
                                        : error);
                    } else {
                        channel.eventLoop()
                                .execute(() -> shakeHands(channel, requireNonNull(handlers.get()), connected));
                    }
                });
        return connected;
    }

    private record Handlers(Optional<SslHandler> tls, TcpConnection.Handler connection) {}

    private CompletableFuture<SocketChannel> dial(
            Optional<SslContext> tls,
            Optional<EventLoop> loop,
            long beganNanos,
            AtomicReference<Handlers> handlers,
            CompletableFuture<TcpConnection> connected) {
        Dialer dialer = loop.map(one -> new Dialer(network, one, environment))
                .orElseGet(() -> new Dialer(network, environment));
        CompletableFuture<SocketChannel> dialled = dialer.dial(
                settings.target(),
                bootstrap -> bootstrap.option(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES),
                pipeline -> {
                    var added = new Handlers(
                            tls.map(context -> tlsHandler(context, pipeline, beganNanos)), new TcpConnection.Handler());
                    added.tls().ifPresent(pipeline::addLast);
                    pipeline.addLast(added.connection());
                    handlers.set(added);
                });
        connected.whenComplete((connection, error) -> dialled.cancel(true));
        return dialled;
    }

    private SslHandler tlsHandler(SslContext context, ChannelPipeline pipeline, long beganNanos) {
        SslHandler handler = context.newHandler(
                pipeline.channel().alloc(),
                settings.target().host(),
                settings.target().port());
        pipeline.addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) { // just before the handshake begins
                long left = limit.toMillis()
                        - Duration.ofNanos(System.nanoTime() - beganNanos).toMillis();
                handler.setHandshakeTimeoutMillis(Math.max(1, left));
                context.fireChannelActive();
            }
        });
        return handler;
    }

    private void shakeHands(SocketChannel channel, Handlers handlers, CompletableFuture<TcpConnection> connected) {
        connected.whenComplete((connection, error) -> {
            if (error != null) {
                channel.close();
            }
        });
        if (handlers.tls().isEmpty()) {
            connected.complete(new TcpConnection(channel, handlers.connection()));
            return;
        }
        SslHandler tls = handlers.tls().get();
        Dialer.beginsHandshake(environment.steps(), tls);
        tls.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                connected.complete(new TcpConnection(channel, handlers.connection()));
            } else {
                connected.completeExceptionally(TcpFailure.ofHandshake(settings, done.cause()));
            }
        });
    }
}
