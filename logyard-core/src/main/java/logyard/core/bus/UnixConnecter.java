package logyard.core.bus;

import java.io.IOException;
import java.net.StandardProtocolFamily;
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
 * Connects to a Unix socket, again and again until it succeeds, and hands the channel straight to the engine.
 *
 * <p>JeroMQ's own registers the connecting channel with the poller first. A connect over a Unix socket is complete at
 * once, so that the retired registration and the engine's new one share a channel, and the poller may cancel the one in
 * use: about every second connection then stays silent for ever (seen with 0.7.0). Runs on JeroMQ's I/O thread.
 */
final class UnixConnecter extends Own implements IPollEvents {
    private static final int RETRY = 1;

    private final IOObject ioObject;
    private final SessionBase session;
    private final Address<UnixDomainSocketAddress> address;
    private final boolean delayed;
    private boolean waiting;
    private int pauseMillis;

    UnixConnecter(
            IOThread ioThread,
            SessionBase session,
            Options options,
            Address<UnixDomainSocketAddress> address,
            boolean delayed) {
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
            connectLater();
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
        SocketChannel channel = open();
        if (channel == null) {
            connectLater();
            return;
        }
        try {
            sendAttach(session, new StreamEngine(channel, options, address.toString()));
        } catch (RuntimeException e) { // closed by the peer meanwhile, or out of memory outside the heap
            close(channel);
            connectLater();
            return;
        }
        terminate();
        session.getSocket().eventConnected(address.toString(), channel);
    }

    /** A connected channel; null if nobody listens, or more connect than the listener accepts. */
    private @Nullable SocketChannel open() {
        SocketChannel channel = null;
        try {
            address.resolve(options.ipv6);
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.configureBlocking(false);
            if (channel.connect(address.resolved().address())) {
                return channel;
            }
        } catch (IOException | RuntimeException e) {
            // Refused, no such file, no permission: all may be mended by the time of the next attempt.
        }
        if (channel != null) {
            close(channel);
        }
        return null;
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It was not connected; there is nothing to lose.
        }
    }

    private void connectLater() {
        ioObject.addTimer(pauseMillis, RETRY);
        waiting = true;
        pauseMillis = Math.min(pauseMillis * 2, Math.max(options.reconnectIvl, options.reconnectIvlMax));
    }

    @Override
    protected void processTerm(int linger) {
        if (waiting) {
            ioObject.cancelTimer(RETRY);
            waiting = false;
        }
        super.processTerm(linger);
    }

    @Override
    protected void destroy() {
        ioObject.unplug();
    }
}
