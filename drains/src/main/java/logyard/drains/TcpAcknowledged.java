package logyard.drains;

import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How much the target's kernel has acknowledged of a connection; Linux tells it, but Netty's epoll does not pass it on. */
final class TcpAcknowledged {
    // From <netinet/tcp.h>; tcpi_bytes_acked is there since Linux 4.1, before it the kernel leaves the place alone.
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;
    private static final int BYTES_ACKED_AT = 120;

    private static final RawUnixChannelOption INFO =
            new RawUnixChannelOption("TCP_INFO", IPPROTO_TCP, TCP_INFO, BYTES_ACKED_AT + Long.BYTES);

    private TcpAcknowledged() {}

    /** Zero where it is not known. */
    static long bytes(SocketChannel channel) {
        if (!(channel instanceof EpollSocketChannel) || !channel.isActive()) {
            return 0;
        }
        ByteBuffer info = channel.config().getOption(INFO);
        return info == null ? 0 : info.order(ByteOrder.nativeOrder()).getLong(BYTES_ACKED_AT);
    }
}
