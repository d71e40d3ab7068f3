package logyard.core.daemon.systemd;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** The system calls for a Unix datagram socket, which Java has not. Linux on 64 bits. */
final class SystemCalls {
    static final int AF_UNIX = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int MSG_NOSIGNAL = 0x4000;

    static {
        Native.register(SystemCalls.class, "c");
    }

    private SystemCalls() {}

    /** Makes them known, which fails here or not at all. */
    static void load() {}

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native long sendto(int descriptor, byte[] message, long length, int flags, byte[] address, int addressLength)
            throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;
}
