package logyard.core.daemon.systemd;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The socket of a service manager, to which a process sends datagrams such as {@code READY=1}. Any thread. */
final class NotifySocket {
    /** What an address of this family has room for, with the zero at its end. */
    private static final int MOST_BYTES = 108;

    private final byte[] address;

    private NotifySocket(byte[] address) {
        this.address = address;
    }

    /**
     * The socket that {@code NOTIFY_SOCKET} names: a path, or {@code @name} for one that is in no folder.
     *
     * @throws IOException if that is neither
     * @throws LinkageError if JNA cannot be loaded
     */
    static NotifySocket of(String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = name.startsWith("@");
        if ((!isAbstract && !name.startsWith("/")) || bytes.length < 2 || bytes.length >= MOST_BYTES) {
            throw new IOException("$NOTIFY_SOCKET must be a path of at most " + (MOST_BYTES - 1)
                    + " bytes, or @ and a name, got \"" + name + "\"");
        }
        if (isAbstract) {
            bytes[0] = 0;
        }
        byte[] address = ByteBuffer.allocate(Short.BYTES + bytes.length + (isAbstract ? 0 : 1))
                .order(ByteOrder.nativeOrder())
                .putShort((short) SystemCalls.AF_UNIX)
                .put(bytes)
                .array();
        SystemCalls.load();
        return new NotifySocket(address);
    }

    /**
     * Sends some assignments, one a line.
     *
     * @throws IOException if nobody is there to take them
     */
    void send(String assignments) throws IOException {
        byte[] message = assignments.getBytes(StandardCharsets.UTF_8);
        try {
            int socket = SystemCalls.socket(SystemCalls.AF_UNIX, SystemCalls.SOCK_DGRAM | SystemCalls.SOCK_CLOEXEC, 0);
            try {
                long unused = SystemCalls.sendto(
                        socket, message, message.length, SystemCalls.MSG_NOSIGNAL, address, address.length);
            } finally {
                int unused = SystemCalls.close(socket);
            }
        } catch (LastErrorException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
