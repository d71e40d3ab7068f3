package logyard.core.bus;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import logyard.core.event.MalformedFrameException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Reads events of this node under a name: the core keeps for it what comes while nobody reads, and gives what was not
 * acknowledged once more. Made, used and closed by one thread, but for {@link #wake}.
 *
 * <p>A name that is new begins here and now. Of two who read under one name, the one that came later does. What comes a
 * second time has the position it had the first time.
 */
public final class ReliableSubscription implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReliableSubscription.class);

    /** So many deliveries of 256 KiB are on their way, or not acknowledged. */
    private static final int CREDIT = 8;

    /** A core that is there answers at once; one that has no such endpoint never does. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);

    /** How soon what could not be sent is tried again. */
    private static final long TRY_AGAIN_MILLIS = 20;

    private final String address;
    private final ReadSession session;
    private final Wakeup wakeup = new Wakeup();
    private final AtomicBoolean connected = new AtomicBoolean();
    private final Queue<Delivery> waiting = new ArrayDeque<>();
    private final ZMQ.Socket socket;
    private final ZMQ.Poller poller;
    private final int answers;
    private final int work;
    private long heardNanos = System.nanoTime();
    private boolean warned;

    /**
     * Connects; the core need not run.
     *
     * @param subscriber the name: 1 to 64 visible ASCII characters
     * @param prefixes 1 to 100; an empty one wants everything
     * @param begun is called, on the thread that reads, each time the core has let it begin; must not wait
     */
    public ReliableSubscription(Bus bus, String subscriber, Collection<String> prefixes, Runnable begun) {
        this.address = bus.addresses().read();
        this.session = new ReadSession(subscriber, List.copyOf(prefixes), CREDIT, begun, System::nanoTime);
        socket = bus.socket(SocketType.DEALER);
        socket.setImmediate(false); // in JeroMQ: nothing is kept for a core that is not there
        socket.setEventHook(
                event -> {
                    connected.set(true);
                    wakeup.wake();
                },
                ZMQ.EVENT_HANDSHAKE_PROTOCOL);
        Bus.connect(socket, address);
        poller = bus.poller(2);
        answers = poller.register(socket, ZMQ.Poller.POLLIN);
        work = poller.register(wakeup.channel(), ZMQ.Poller.POLLIN);
    }

    /**
     * The next delivery; empty if none comes within {@code patience}, {@link #wake} is called, or the bus is being closed.
     * It comes again, to this or to a later reader of the name, until it is acknowledged.
     */
    public Optional<Delivery> next(Duration patience) {
        if (waiting.isEmpty()) {
            attend(patience);
        } else {
            attend(Duration.ZERO);
        }
        return Optional.ofNullable(waiting.poll());
    }

    /** Waits as {@link #next}, and takes nothing: for who has no room just now, and is to be known as alive. */
    public void pause(Duration patience) {
        attend(patience);
    }

    /** Everything up to this delivery is done with. Takes effect with the next call of {@link #next} or {@link #pause}. */
    public void acknowledge(Delivery delivery) {
        session.acknowledge(delivery);
    }

    /** Why nothing comes any more, such as another reader of the same name; empty as long as that is not so. */
    public Optional<String> over() {
        return session.over().map(ReadReply.Problem::text);
    }

    /** Ends the waiting of this moment, or else the next one. Any thread. */
    public void wake() {
        wakeup.wake();
    }

    private void attend(Duration patience) {
        try {
            boolean sent = ask();
            long millis = sent ? patience.toMillis() : Math.min(patience.toMillis(), TRY_AGAIN_MILLIS);
            if (poller.poll(millis) < 0) {
                return; // the bus is being closed
            }
            if (poller.pollin(work)) {
                wakeup.reset();
            }
            if (poller.pollin(answers)) {
                takeAll();
            }
            ask();
            warnOfSilence();
        } catch (ZMQException e) {
            Bus.ignoreClosing(e);
        }
    }

    /** Sends what is due; false if that could not be done. */
    private boolean ask() {
        if (connected.getAndSet(false)) {
            waiting.clear(); // the new session begins with them
            session.connected();
        }
        Optional<byte[]> due = session.due();
        if (due.isEmpty()) {
            return true;
        }
        boolean sent = socket.send(due.get(), ZMQ.DONTWAIT);
        if (sent) {
            session.sent();
        }
        return sent;
    }

    private void takeAll() {
        for (byte[] header = socket.recv(ZMQ.DONTWAIT); header != null; header = socket.recv(ZMQ.DONTWAIT)) {
            byte[] batch = socket.hasReceiveMore() ? socket.recv(ZMQ.DONTWAIT) : new byte[0];
            while (socket.hasReceiveMore()) {
                batch = socket.recv(ZMQ.DONTWAIT);
            }
            heardNanos = System.nanoTime();
            warned = false;
            try {
                session.take(header, batch == null ? new byte[0] : batch).ifPresent(waiting::add);
            } catch (MalformedFrameException e) {
                log.warn("Ignoring an {}", e.reason());
            }
        }
    }

    private void warnOfSilence() {
        if (!warned && System.nanoTime() - heardNanos > ANSWER_LIMIT.toNanos()) {
            warned = true;
            log.warn(
                    "Nobody answers at {}: is logyard running, of a version that has bus.read, and with the same settings?",
                    address);
        }
    }

    @Override
    public void close() {
        poller.close();
        socket.close();
        wakeup.close();
    }
}
