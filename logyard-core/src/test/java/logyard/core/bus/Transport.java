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
        if (this == IPC) {
            return BusAddresses.inFolder(folder.toString());
        }
        try (var publish = anyPort();
                var subscribe = anyPort();
                var acknowledge = anyPort();
                var read = anyPort()) {
            return new BusAddresses(address(publish), address(subscribe), address(acknowledge), address(read));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket anyPort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static String address(ServerSocket socket) {
        return "tcp://127.0.0.1:" + socket.getLocalPort();
    }
}
