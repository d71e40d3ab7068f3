package logyard.drains.tcp;

import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import logyard.drains.net.Liveness;

/**
 * Lets a target that answers, but has no room, take its time: the kernel would cut it off as it does one that is gone.
 * Whether it takes too long is for the run of the drain to say, which knows how slow it is. On the channel's event loop.
 */
final class TcpPatience {
    /** Longer than a run waits for a slow target. */
    private static final Duration WITH_A_PAUSE = Duration.ofMinutes(6);

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final SocketChannel channel;
    private boolean isPaused;

    private TcpPatience(SocketChannel channel) {
        this.channel = channel;
    }

    /** Looks at a connection from time to time until it ends. */
    static void watch(SocketChannel channel) {
        if (TcpProgress.of(channel).isPresent()) {
            var patience = new TcpPatience(channel);
            Future<?> looking = channel.eventLoop()
                    .scheduleWithFixedDelay(
                            patience::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(closed -> looking.cancel(false));
        }
    }

    private void look() {
        boolean paused = TcpProgress.of(channel).map(TcpProgress::isPaused).orElse(false);
        if (paused != isPaused) {
            isPaused = paused;
            Duration limit = paused ? WITH_A_PAUSE : Liveness.SILENT;
            channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, (int) limit.toMillis());
        }
    }
}
