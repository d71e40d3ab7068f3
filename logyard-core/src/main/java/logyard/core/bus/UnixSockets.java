package logyard.core.bus;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import zmq.Options;
import zmq.Own;
import zmq.SocketBase;
import zmq.io.IEngine;
import zmq.io.IOThread;
import zmq.io.SessionBase;
import zmq.io.net.Address;
import zmq.io.net.Listener;
import zmq.io.net.ipc.IpcAddress;
import zmq.io.net.ipc.IpcListener;
import zmq.io.net.ipc.IpcNetworkProtocolProvider;

/**
 * The {@code ipc} transport of JeroMQ, with what its own lacks: connecting that does not lose the connection ({@link
 * DirectConnecter}), removal of the socket file that a killed core left, access for the group only, and a bound to the
 * clients.
 */
final class UnixSockets extends IpcNetworkProtocolProvider {
    private static final Logger log = LoggerFactory.getLogger(UnixSockets.class);

    private static final String SCHEME = "ipc://";
    private static final int FILE_TYPE = 0170000; // of st_mode, see inode(7)
    private static final int SOCKET = 0140000;

    @Override
    public void startConnecting(
            Options options,
            IOThread ioThread,
            SessionBase session,
            Address<UnixDomainSocketAddress> address,
            boolean delayedStart,
            Consumer<Own> launchChild,
            BiConsumer<SessionBase, IEngine> sendAttach) {
        launchChild.accept(new DirectConnecter<>(ioThread, session, options, address, delayedStart));
    }

    @Override
    public Listener getListener(IOThread ioThread, SocketBase socket, Options options) {
        return new UnixListener(ioThread, socket, options);
    }

    /**
     * Removes the socket file that a core left which was killed. Does nothing for other transports.
     *
     * @throws BusException if the address cannot be served; it says why, which JeroMQ does not
     */
    static void makeWay(String address) {
        if (!address.startsWith(SCHEME)) {
            return;
        }
        Path path = Path.of(address.substring(SCHEME.length()));
        String problem;
        try {
            problem = obstacle(path);
        } catch (IOException e) {
            problem = e.toString();
        }
        if (problem != null) {
            throw new BusException("Cannot serve the bus at " + address + ": " + problem);
        }
    }

    private static @Nullable String obstacle(Path path) throws IOException {
        if (!Files.isDirectory(path.resolveSibling("."))) {
            return "there is no folder " + path.getParent();
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & FILE_TYPE) != SOCKET) {
            return "a file that is no socket is in its place";
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            boolean unused = probe.connect(UnixDomainSocketAddress.of(path));
            return "another process serves it";
        } catch (ConnectException e) {
            log.info("Removing {}, left by a process that is gone", path);
            Files.delete(path);
            return null;
        } catch (SocketException e) { // such as a process that does not accept
            return "another process seems to serve it (" + e.getMessage() + ")";
        }
    }

    private static final class UnixListener extends IpcListener {
        private final ClientLimit clients = new ClientLimit();

        UnixListener(IOThread ioThread, SocketBase socket, Options options) {
            super(ioThread, socket, options);
        }

        @Override
        protected void bindServer(ServerSocketChannel server, IpcAddress address) throws IOException {
            super.bindServer(server, address);
            Files.setPosixFilePermissions(address.address().getPath(), PosixFilePermissions.fromString("rw-rw----"));
        }

        @Override
        protected @Nullable SocketChannel accept(ServerSocketChannel server) throws IOException {
            return clients.admit(super.accept(server));
        }
    }
}
