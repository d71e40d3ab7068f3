package logyard.drains.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/** Has the kernel find out whether a target is still there, with traffic or without. */
public final class Liveness {
    /** A target that does not acknowledge what was sent, or a probe, for so long is gone. */
    public static final Duration SILENT = Duration.ofSeconds(30);

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int PROBES = 3;

    private Liveness() {}

    /**
     * Without traffic, probes after {@link #IDLE}, and gives up {@link #SILENT} later. With epoll, gives up that long after
     * something was sent, too; else it takes the kernel its own time, some 15 min.
     */
    static void configure(Bootstrap bootstrap) {
        bootstrap.option(ChannelOption.SO_KEEPALIVE, true);
        if (Epoll.isAvailable()) {
            bootstrap
                    .option(EpollChannelOption.TCP_USER_TIMEOUT, (int) SILENT.toMillis())
                    .option(EpollChannelOption.TCP_KEEPIDLE, (int) IDLE.toSeconds())
                    .option(EpollChannelOption.TCP_KEEPINTVL, (int) INTERVAL.toSeconds())
                    .option(EpollChannelOption.TCP_KEEPCNT, PROBES);
        } else {
            bootstrap
                    .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), (int) IDLE.toSeconds())
                    .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), (int) INTERVAL.toSeconds())
                    .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
        }
    }
}
