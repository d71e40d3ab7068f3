package logyard.core.bus;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import zmq.Options;
import zmq.Own;
import zmq.io.IOObject;
import zmq.io.IOThread;
import zmq.io.SessionBase;
import zmq.io.StreamEngine;
import zmq.io.net.Address;
import zmq.poll.IPollEvents;

/**
 * Connects on this node, again and again until it succeeds, and hands the channel straight to the engine.
 *
 * <p>JeroMQ's own registers the connecting channel with its poller. On one node a connection is there at once, so that
 * the retired registration and the engine's new one share a channel, and the poller may cancel the one in use: with
 * 0.7.0 every second connection over Unix sockets, and one of a hundred over TCP, then stays silent for ever. This one
 * asks on a timer instead. Runs on JeroMQ's I/O thread.
 */
final class DirectConnecter<A extends SocketAddress> extends Own implements IPollEvents {
    private static final int TIMER = 1;
    private static final int ASK_EVERY_MILLIS = 10;
    private static final int ASK_AT_MOST = 100;

    private final IOObject ioObject;
    private final SessionBase session;
    private final Address<A> address;
    private final boolean delayed;
    private @Nullable SocketChannel connecting;
    private int asked;
    private boolean waiting;
    private int pauseMillis;

    DirectConnecter(IOThread ioThread, SessionBase session, Options options, Address<A> address, boolean delayed) {
        super(ioThread, options);
        this.ioObject = new IOObject(ioThread, this);
        this.session = session;
        this.address = address;
        this.delayed = delayed;
        this.pauseMillis = options.reconnectIvl;
    }

    @Override
    protected void processPlug() {
        ioObject.plug();
        if (delayed) {
            pause();
        } else {
            connect();
        }
    }

    @Override
    public void timerEvent(int id) {
        waiting = false;
        connect();
    }

    private void connect() {
        try {
            SocketChannel channel = connecting;
            if (channel == null ? begin() : channel.finishConnect()) {
                attach();
            } else if (++asked < ASK_AT_MOST) {
                again(ASK_EVERY_MILLIS);
            } else {
                closeConnecting();
                pause();
            }
        } catch (IOException | RuntimeException e) {
            // Refused, no such file, no permission, no descriptor: all may be mended by the next time.
            closeConnecting();
            pause();
        }
    }

    private boolean begin() throws IOException {
        asked = 0;
        A target = address.resolve(options.ipv6).address();
        SocketChannel channel = target instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open().setOption(StandardSocketOptions.TCP_NODELAY, true);
        connecting = channel;
        channel.configureBlocking(false);
        return channel.connect(target);
    }

    private void attach() throws IOException {
        SocketChannel channel = requireNonNull(connecting);
        if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
            throw new IOException("TCP connects a port that nobody serves to itself where it comes from that port");
        }
        BusThread.made(channel);
        sendAttach(session, new StreamEngine(channel, options, address.toString()));
        connecting = null;
        terminate();
        session.getSocket().eventConnected(address.toString(), channel);
    }

    private void closeConnecting() {
        try {
            if (connecting != null) {
                connecting.close();
            }
        } catch (IOException e) {
            // It was not connected; there is nothing to lose.
        }
        connecting = null;
    }

    private void pause() {
        again(pauseMillis);
        pauseMillis = Math.min(pauseMillis * 2, Math.max(options.reconnectIvl, options.reconnectIvlMax));
    }

    private void again(int millis) {
        ioObject.addTimer(millis, TIMER);
        waiting = true;
    }

    @Override
    protected void processTerm(int linger) {
        if (waiting) {
            ioObject.cancelTimer(TIMER);
            waiting = false;
        }
        closeConnecting();
        super.processTerm(linger);
    }

    @Override
    protected void destroy() {
        ioObject.unplug();
    }
}
