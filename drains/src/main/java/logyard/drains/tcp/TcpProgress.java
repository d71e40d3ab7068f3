package logyard.drains.tcp;

import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How far a connection is, as the kernel sees it; Linux tells it, but Netty's epoll does not pass all of it on.
 *
 * @param probes how many probes of an idle or closed way have had no answer so far
 * @param unacknowledged how many packets are on their way
 * @param acknowledgedBytes how much the target's kernel has
 * @param unsentBytes how much waits in ours, because the target's has no room
 */
record TcpProgress(int probes, int unacknowledged, long acknowledgedBytes, int unsentBytes) {
    // From <netinet/tcp.h>. The last two are there since Linux 4.6; before, the kernel leaves their place alone.
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final int PROBES_AT = 3;
    private static final int UNACKED_AT = 24;
    private static final int BYTES_ACKED_AT = 120;
    private static final int NOTSENT_BYTES_AT = 144;

    private static final RawUnixChannelOption INFO =
            new RawUnixChannelOption("TCP_INFO", IPPROTO_TCP, TCP_INFO, NOTSENT_BYTES_AT + Integer.BYTES);

    /** Empty where it is not known: without epoll, or when the connection has ended. */
    static Optional<TcpProgress> of(SocketChannel channel) {
        if (!(channel instanceof EpollSocketChannel) || !channel.isActive()) {
            return Optional.empty();
        }
        ByteBuffer info = channel.config().getOption(INFO);
        if (info == null) {
            return Optional.empty();
        }
        info.order(ByteOrder.nativeOrder());
        return Optional.of(new TcpProgress(
                info.get(PROBES_AT),
                info.getInt(UNACKED_AT),
                info.getLong(BYTES_ACKED_AT),
                info.getInt(NOTSENT_BYTES_AT)));
    }

    /** Nothing is on its way, or waits to be. */
    boolean isQuiet() {
        return unacknowledged == 0 && unsentBytes == 0 && probes == 0;
    }

    /** The target answers, but has no room. */
    boolean isPaused() {
        return unacknowledged == 0 && unsentBytes > 0 && probes <= 2;
    }
}
