package logyard.drains.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import logyard.core.drain.DeniedTargets;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec.HostAndPort;
import logyard.core.drain.Steps;

/** Opens TCP connections: looks the name up each time, and tries one address after the other. */
public final class Dialer {
    /** From the name to the open connection. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    /** Enough for a connection round the world, and one packet that is lost on the way. */
    private static final Duration LEAST_PER_ADDRESS = Duration.ofSeconds(2);

    /** Beyond its limit, for what fails in time to say why. */
    public static final Duration GRACE = Duration.ofSeconds(1);

    private final Function<String, CompletableFuture<List<InetAddress>>> lookup;
    private final Bootstrap base;
    private final DeniedTargets denied;
    private final Steps steps;

    /** @param environment says where not to go, and whom to tell of each step */
    public Dialer(Network network, DrainEnvironment environment) {
        this(network.resolver()::resolve, network.loops().tcp(), environment);
    }

    /** For connections that are to run on a loop that is given. */
    public Dialer(Network network, EventLoop loop, DrainEnvironment environment) {
        this(network.resolver()::resolve, network.loops().tcp(loop), environment);
    }

    Dialer(
            Function<String, CompletableFuture<List<InetAddress>>> lookup,
            Bootstrap base,
            DrainEnvironment environment) {
        this.lookup = lookup;
        this.base = base;
        this.denied = environment.denied();
        this.steps = environment.steps();
        Liveness.configure(base);
    }

    /**
     * Connects within 10 s; never waits.
     *
     * @param configured what is set in addition, such as the size of the send buffer
     * @param handlers puts the handlers of the connection into its pipeline
     * @return an {@link IOException} that says why not, in the words of the original, which operators and their filters
     *     know. If it is cancelled, a connection that opens nevertheless is closed.
     */
    public CompletableFuture<SocketChannel> dial(
            HostAndPort target, Consumer<Bootstrap> configured, Consumer<ChannelPipeline> handlers) {
        Bootstrap bootstrap = base.clone()
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        handlers.accept(channel.pipeline());
                    }
                });
        configured.accept(bootstrap);
        var dialled = new CompletableFuture<SocketChannel>();
        beginsToResolve(steps);
        CompletableFuture<List<InetAddress>> permitted =
                lookup.apply(target.host()).thenApply(addresses -> Resolver.permitted(addresses, denied));
        permitted.whenComplete((addresses, error) -> {
            if (error == null) {
                steps.done(text(addresses));
                steps.begins("connect", "is it running there, and do firewalls let this machine through?");
                bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis(addresses.size()));
                connect(bootstrap, target, addresses, 0, dialled);
            } else {
                dialled.completeExceptionally(failure("tcp", target, error));
            }
        });
        CompletableFuture.delayedExecutor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> dialled.completeExceptionally(failure("tcp", target, new TimeoutException())));
        return dialled;
    }

    /** How long one of a host's addresses has: one that does not answer must leave time for the others. */
    private static int connectMillis(int addresses) {
        return (int) Math.max(LEAST_PER_ADDRESS.toMillis(), LIMIT.toMillis() / addresses);
    }

    /** Tells that a name is being looked up. */
    public static void beginsToResolve(Steps steps) {
        steps.begins("resolve", "check how the host is spelt, and the name server of this machine");
    }

    /** Tells of a TLS handshake, which the handler has begun or is about to begin; its end follows. On its event loop. */
    public static void beginsHandshake(Steps steps, SslHandler tls) {
        steps.begins("handshake", "is its certificate signed by one that ca= or Java trusts, and made for this host?");
        tls.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                steps.done(tls.engine().getSession().getProtocol());
            }
        });
    }

    /** Addresses as they are shown. */
    public static String text(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }

    private void connect(
            Bootstrap bootstrap,
            HostAndPort target,
            List<InetAddress> addresses,
            int index,
            CompletableFuture<SocketChannel> dialled) {
        if (dialled.isDone()) {
            return;
        }
        ChannelFuture attempt = bootstrap.connect(new InetSocketAddress(addresses.get(index), target.port()));
        dialled.whenComplete((channel, error) -> attempt.cancel(true));
        attempt.addListener(done -> {
            if (done.isSuccess()) {
                steps.done(attempt.channel().remoteAddress().toString().replaceFirst("^.*/", ""));
                if (!dialled.complete((SocketChannel) attempt.channel())) {
                    attempt.channel().close();
                }
            } else if (index + 1 < addresses.size()) {
                connect(bootstrap, target, addresses, index + 1, dialled);
            } else {
                dialled.completeExceptionally(failure("tcp", target, done.cause()));
            }
        });
    }

    /** Why a target cannot be reached: {@code dial tcp 10.0.0.9:514: connection refused}. */
    public static IOException failure(String protocol, HostAndPort target, Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        String why = cause instanceof TimeoutException
                ? "no answer within " + LIMIT.toSeconds() + " s"
                : cause instanceof UnknownHostException ? "no such host" : reason(cause);
        return new IOException("dial " + protocol + " " + target + ": " + why, cause);
    }

    /** Netty says {@code finishConnect(..) failed with error(-111): Connection refused: /10.0.0.9:1}. */
    private static String reason(Throwable cause) {
        if (cause.getMessage() == null) {
            return cause.getClass().getSimpleName();
        }
        String withoutAddress = cause.getMessage().replaceFirst(": [^ ]*/[^ ]+$", "");
        return withoutAddress
                .replaceFirst("^.*failed with error\\(-\\d+\\): ", "")
                .toLowerCase(Locale.ROOT);
    }
}
