package logyard.drains.redis;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainSpec.HostAndPort;
import logyard.core.drain.DrainType;
import logyard.core.drain.SecretFiles;
import logyard.core.drain.Steps;
import logyard.drains.net.Dialer;
import logyard.drains.net.Network;

/** {@code redis://host:port?key=history&limit=400}, or {@code rediss://} over TLS: the newest events, in lists. */
public final class RedisDrainType implements DrainType {
    private final Network network = Network.share();

    @Override
    public Set<String> schemes() {
        return Set.of("redis", "rediss");
    }

    @Override
    public Set<String> parameters() {
        return Set.of("key", "limit", "database", "ca");
    }

    @Override
    public void check(DrainSpec spec, DrainEnvironment environment) {
        environment.denied().check(RedisSettings.of(spec).address());
    }

    /** What is found out anew for each connection. */
    private record Access(HostAndPort address, String password, Optional<SslContext> tls) {
        static Access to(RedisSettings settings, DrainEnvironment environment) throws IOException {
            return new Access(
                    address(settings, environment),
                    settings.login().currentPassword(environment.secretsFolder()),
                    settings.tls() ? Optional.of(tls(settings, environment)) : Optional.empty());
        }

        private static HostAndPort address(RedisSettings settings, DrainEnvironment environment) throws IOException {
            if (!settings.isAtCore()) {
                return settings.address();
            }
            String core = environment.coreAddress().get();
            if (core.isEmpty()) {
                throw new IOException("where " + settings.address().host()
                        + " is, is not known: set /cluster/config/mbusip in the tree");
            }
            return new HostAndPort(core, settings.address().port());
        }

        private static SslContext tls(RedisSettings settings, DrainEnvironment environment) throws IOException {
            var builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
            if (!settings.ca().isEmpty()) {
                byte[] ca = SecretFiles.bytes(environment.secretsFolder(), settings.ca());
                try {
                    builder.trustManager(new ByteArrayInputStream(ca));
                } catch (IllegalArgumentException e) {
                    throw new IOException("the secret " + settings.ca() + " holds no certificates in PEM form", e);
                }
            }
            try {
                return builder.build();
            } catch (SSLException e) {
                throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
            }
        }

        /** The Redis as error messages name it. */
        String name() {
            return "redis " + address;
        }
    }

    @Override
    public CompletableFuture<Drain> open(DrainSpec spec, DrainEnvironment environment) {
        RedisSettings settings = RedisSettings.of(spec);
        var opened = new CompletableFuture<Drain>();
        CompletableFuture.delayedExecutor(Dialer.LIMIT.plus(Dialer.GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> opened.completeExceptionally(new IOException(
                        "redis " + settings.address() + ": no answer within " + Dialer.LIMIT.toSeconds() + " s")));
        network.resolver()
                .read(() -> Access.to(settings, environment))
                .thenCompose(access -> connect(settings, access, environment, opened))
                .whenComplete((drain, error) -> {
                    if (error != null) {
                        opened.completeExceptionally(told(
                                settings,
                                error instanceof CompletionException && error.getCause() != null
                                        ? error.getCause()
                                        : error));
                    } else if (!opened.complete(drain)) {
                        drain.executor().execute(drain::close);
                    }
                });
        return opened;
    }

    /** The Redis of the cluster is what the built-in drains need, and is easily forgotten. */
    private static Throwable told(RedisSettings settings, Throwable error) {
        return settings.isAtCore() && error.getCause() instanceof ConnectException
                ? new IOException(
                        error.getMessage() + "; the Redis of the cluster is to run there: apt-get install redis-server",
                        error)
                : error;
    }

    private CompletableFuture<Drain> connect(
            RedisSettings settings, Access access, DrainEnvironment environment, CompletableFuture<Drain> opened) {
        var connection = new AtomicReference<RedisConnection>(); // not in the pipeline any more if Redis has refused it
        CompletableFuture<SocketChannel> dialled = new Dialer(network, environment)
                .dial(access.address(), bootstrap -> {}, pipeline -> connection.set(addHandlers(pipeline, access)));
        opened.whenComplete((drain, error) -> dialled.cancel(true));
        return dialled.thenCompose(channel -> {
            opened.whenComplete((drain, error) -> {
                if (error != null) {
                    channel.close();
                }
            });
            return CompletableFuture.supplyAsync(
                            () -> logIn(settings, access, environment, requireNonNull(connection.get())),
                            channel.eventLoop())
                    .thenCompose(drain -> drain);
        });
    }

    private static CompletableFuture<Drain> logIn(
            RedisSettings settings, Access access, DrainEnvironment environment, RedisConnection connection) {
        beginsToLogIn(environment.steps(), connection.channel());
        return connection
                .send("", hello(settings, access, connection.channel()))
                .thenApply(welcome -> {
                    String core = environment.coreAddress().get();
                    return new RedisDrain(
                            connection,
                            settings,
                            () -> settings.isAtCore()
                                    && !core.equals(environment.coreAddress().get()));
                });
    }

    private static void beginsToLogIn(Steps steps, Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            beginsToLogIn(steps);
            return;
        }
        Dialer.beginsHandshake(steps, tls);
        tls.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                beginsToLogIn(steps);
            }
        });
    }

    private static void beginsToLogIn(Steps steps) {
        steps.begins("log in", "check user, password, database and what the user may do; see docs/drains.md#redis");
    }

    private static RedisConnection addHandlers(ChannelPipeline pipeline, Access access) {
        access.tls()
                .ifPresent(tls -> pipeline.addLast(tls.newHandler(
                        pipeline.channel().alloc(),
                        access.address().host(),
                        access.address().port())));
        pipeline.addLast(new RedisDecoder());
        var connection = new RedisConnection(pipeline.channel(), access.name(), access.password());
        pipeline.addLast(connection);
        return connection;
    }

    /** Logs in, and makes sure that everything is permitted that a drain does later; changes nothing. */
    private static Commands hello(RedisSettings settings, Access access, Channel channel) {
        var commands = new Commands(channel.alloc().ioBuffer());
        String user = settings.login().user();
        if (!access.password().isEmpty()) {
            if (user.isEmpty()) {
                commands.add("AUTH", access.password());
            } else {
                commands.add("AUTH", user, access.password());
            }
        }
        commands.add("SELECT", Integer.toString(settings.database())).add("PING");
        if (!settings.key().isEmpty()) {
            commands.add("LTRIM", settings.key(), "0", "-1");
        }
        return commands.multi().exec();
    }

    @Override
    public void close() {
        network.close();
    }
}
