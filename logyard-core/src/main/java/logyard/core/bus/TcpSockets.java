package logyard.core.bus;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.Own;
import zmq.SocketBase;
import zmq.io.IEngine;
import zmq.io.IOThread;
import zmq.io.SessionBase;
import zmq.io.net.Address;
import zmq.io.net.Listener;
import zmq.io.net.tcp.TcpListener;
import zmq.io.net.tcp.TcpNetworkProtocolProvider;

/**
 * The {@code tcp} transport of JeroMQ with what its own lacks: connecting that does not lose the connection ({@link
 * DirectConnecter}), and a bound to the clients. For connections within a node.
 */
final class TcpSockets extends TcpNetworkProtocolProvider {
    @Override
    public void startConnecting(
            Options options,
            IOThread ioThread,
            SessionBase session,
            Address<InetSocketAddress> address,
            boolean delayedStart,
            Consumer<Own> launchChild,
            BiConsumer<SessionBase, IEngine> sendAttach) {
        launchChild.accept(new DirectConnecter<>(ioThread, session, options, address, delayedStart));
    }

    @Override
    public Listener getListener(IOThread ioThread, SocketBase socket, Options options) {
        return new LimitedListener(ioThread, socket, options);
    }

    private static final class LimitedListener extends TcpListener {
        private final ClientLimit clients = new ClientLimit();

        LimitedListener(IOThread ioThread, SocketBase socket, Options options) {
            super(ioThread, socket, options);
        }

        @Override
        protected @Nullable SocketChannel accept(ServerSocketChannel server) throws IOException {
            return clients.admit(super.accept(server));
        }
    }
}
