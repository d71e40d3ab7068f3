package logyard.drains.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops that all network drains share, made when the first one opens. Linux's epoll where Netty's native part
 * can be loaded, which knows more of a connection; else Java's own.
 */
public final class DrainLoops implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DrainLoops.class);

    private static final int THREADS =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    private static final long STOP_SECONDS = 2;

    private @Nullable EventLoopGroup group;

    /** What to connect a TCP channel with. */
    public Bootstrap tcp() {
        return tcp(group());
    }

    /** What to connect a TCP channel with that is to run on these loops. */
    Bootstrap tcp(EventLoopGroup loops) {
        Class<? extends Channel> channel = Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
        return new Bootstrap().group(loops).channel(channel);
    }

    /** What to connect a UDP channel with. */
    public Bootstrap udp() {
        Class<? extends Channel> channel = Epoll.isAvailable() ? EpollDatagramChannel.class : NioDatagramChannel.class;
        return new Bootstrap().group(group()).channel(channel);
    }

    private synchronized EventLoopGroup group() {
        EventLoopGroup made = group;
        if (made == null) {
            if (!Epoll.isAvailable()) {
                log.info("Running network drains without epoll: {}", String.valueOf(Epoll.unavailabilityCause()));
            }
            made = new MultiThreadIoEventLoopGroup(
                    THREADS,
                    new DefaultThreadFactory("drain-io", true),
                    Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
            group = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        if (group != null) {
            group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(STOP_SECONDS * 1000);
            group = null;
        }
    }
}
