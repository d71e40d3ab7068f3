package logyard.drains;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainSpec.HostAndPort;
import logyard.core.drain.DrainType;
import logyard.drains.net.Dialer;
import logyard.drains.net.Network;
import logyard.drains.net.Resolver;

/** {@code udp://host:port}: each event, with a line feed at its end, as one datagram. */
public final class UdpDrainType implements DrainType {
    /** How often a running drain looks its target's name up again (09 F-28). */
    private static final Duration LOOKUP_PERIOD = Duration.ofMinutes(5);

    private final Network network = Network.share();
    private final Function<String, CompletableFuture<List<InetAddress>>> lookup;
    private final Duration lookupPeriod;

    public UdpDrainType() {
        this.lookup = network.resolver()::resolve;
        this.lookupPeriod = LOOKUP_PERIOD;
    }

    UdpDrainType(Function<String, CompletableFuture<List<InetAddress>>> lookup, Duration lookupPeriod) {
        this.lookup = lookup;
        this.lookupPeriod = lookupPeriod;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("udp");
    }

    @Override
    public void check(DrainSpec spec, DrainEnvironment environment) {
        environment.denied().check(spec.hostAndPort());
    }

    @Override
    public CompletableFuture<Drain> open(DrainSpec spec, DrainEnvironment environment) {
        HostAndPort target = spec.hostAndPort();
        var opened = new CompletableFuture<Drain>();
        Dialer.beginsToResolve(environment.steps());
        Supplier<CompletableFuture<List<InetAddress>>> addresses =
                () -> lookup.apply(target.host()).thenApply(found -> Resolver.permitted(found, environment.denied()));
        connect(target, addresses, network.loops().udp()).whenComplete((channel, error) -> {
            if (error != null) {
                opened.completeExceptionally(Dialer.failure("udp", target, error));
                return;
            }
            environment.steps().done(channel.remoteAddress().toString().replaceFirst("^.*/", ""));
            environment.steps().begins("open", "is there a route from this machine to the target?");
            UdpDrain drain = UdpDrain.start(spec.name(), channel);
            if (opened.complete(drain)) {
                drain.every(lookupPeriod, () -> lookUpAgain(target, addresses, drain));
            } else {
                channel.close();
            }
        });
        CompletableFuture.delayedExecutor(Dialer.LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> opened.completeExceptionally(Dialer.failure("udp", target, new TimeoutException())));
        return opened;
    }

    /** A socket that sends to the target, whether or not anybody listens there. */
    private static CompletableFuture<Channel> connect(
            HostAndPort target, Supplier<CompletableFuture<List<InetAddress>>> addresses, Bootstrap bootstrap) {
        bootstrap.handler(new ChannelInboundHandlerAdapter());
        return addresses.get().thenCompose(found -> {
            var connected = new CompletableFuture<Channel>();
            connect(bootstrap, target, found, 0, connected);
            return connected;
        });
    }

    /** To the first address there is a way to: this node may have no IPv6. */
    private static void connect(
            Bootstrap bootstrap,
            HostAndPort target,
            List<InetAddress> addresses,
            int index,
            CompletableFuture<Channel> connected) {
        ChannelFuture attempt = bootstrap.connect(new InetSocketAddress(addresses.get(index), target.port()));
        attempt.addListener(done -> {
            if (done.isSuccess()) {
                connected.complete(attempt.channel());
            } else if (index + 1 < addresses.size()) {
                connect(bootstrap, target, addresses, index + 1, connected);
            } else {
                connected.completeExceptionally(done.cause());
            }
        });
    }

    /** Goes over to another address if the name has one; if it has none at the moment, the old one is kept. */
    private void lookUpAgain(
            HostAndPort target, Supplier<CompletableFuture<List<InetAddress>>> addresses, UdpDrain drain) {
        addresses
                .get()
                .thenAccept(found -> drain.executor().execute(() -> {
                    if (!found.contains(drain.address())) {
                        connect(target, addresses, network.loops().udp().clone(drain.executor()))
                                .thenAccept(drain::goOverTo);
                    }
                }));
    }

    @Override
    public void close() {
        network.close();
    }
}
