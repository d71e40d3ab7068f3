package logyard.core.bus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** The two ways to reach the bus. */
public enum Transport {
    IPC,
    TCP;

    /** Addresses that nobody uses. */
    public BusAddresses addresses(Path folder) {
        return this == IPC
                ? BusAddresses.inFolder(folder.toString())
                : new BusAddresses(freePort(), freePort(), freePort());
    }

    private static String freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "tcp://127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
