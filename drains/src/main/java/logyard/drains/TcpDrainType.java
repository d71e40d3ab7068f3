package logyard.drains;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainType;
import logyard.drains.net.Dialer;
import logyard.drains.net.Network;

/** {@code tcp://host:port}: each event with a line feed at its end, over one connection per node. */
public final class TcpDrainType implements DrainType {
    /**
     * Half of what counts as in doubt, because Linux takes twice what it is told, and counts its own overhead in: so what
     * the kernel holds unsent is never more than what is sent again after a reconnect.
     */
    private static final int SEND_BUFFER_BYTES = TcpDrain.TRAILING_BYTES / 2;

    private final Network network = Network.share();

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
        var opened = new CompletableFuture<Drain>();
        CompletableFuture<SocketChannel> dialled = new Dialer(network, environment.steps())
                .dial(
                        spec.hostAndPort(),
                        bootstrap -> bootstrap.option(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES),
                        pipeline -> pipeline.addLast(new TcpDrain.Handler()));
        opened.whenComplete((drain, error) -> dialled.cancel(true));
        dialled.whenComplete((channel, error) -> {
            if (error != null) {
                opened.completeExceptionally(error);
            } else if (!opened.complete(new TcpDrain(channel, channel.pipeline().get(TcpDrain.Handler.class)))) {
                channel.close();
            }
        });
        return opened;
    }

    @Override
    public void close() {
        network.close();
    }
}
