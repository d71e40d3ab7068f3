package logyard.core.bus;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
 * UnixConnecter}), removal of the socket file that a killed core left, and access for the group only.
 */
final class UnixSockets extends IpcNetworkProtocolProvider {
    private static final Logger log = LoggerFactory.getLogger(UnixSockets.class);

    @Override
    public void startConnecting(
            Options options,
            IOThread ioThread,
            SessionBase session,
            Address<UnixDomainSocketAddress> address,
            boolean delayedStart,
            Consumer<Own> launchChild,
            BiConsumer<SessionBase, IEngine> sendAttach) {
        launchChild.accept(new UnixConnecter(ioThread, session, options, address, delayedStart));
    }

    @Override
    public Listener getListener(IOThread ioThread, SocketBase socket, Options options) {
        return new UnixListener(ioThread, socket, options);
    }

    private static final class UnixListener extends IpcListener {
        UnixListener(IOThread ioThread, SocketBase socket, Options options) {
            super(ioThread, socket, options);
        }

        @Override
        protected void bindServer(ServerSocketChannel server, IpcAddress address) throws IOException {
            Path path = address.address().getPath();
            removeIfDead(path);
            super.bindServer(server, address);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        }

        private static void removeIfDead(Path path) throws IOException {
            if (!Files.exists(path)) {
                return;
            }
            try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                throw new IOException(path + " is served by another process (" + probe + ")");
            } catch (java.net.ConnectException e) {
                log.info("Removing {}, left by a process that is gone", path);
                Files.delete(path);
            }
        }
    }
}
