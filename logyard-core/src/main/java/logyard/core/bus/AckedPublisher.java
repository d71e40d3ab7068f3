package logyard.core.bus;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import logyard.config.ThreadEnd;
import logyard.core.event.BatchFrame;
import logyard.core.event.MalformedFrameException;
import logyard.core.event.StreamId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Publishes batches to the core of this node and keeps each until the core has stored it.
 *
 * <p>What is not acknowledged is sent again when the core was away, says that something is missing, or makes no progress
 * for a second. {@link #publish} never waits; who publishes looks at {@link #hasRoom} first, so that what is kept stays
 * within the bound. Any thread may call; the sockets belong to the thread {@code bus}.
 */
public final class AckedPublisher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AckedPublisher.class);

    /** How much may be unacknowledged, in bytes of batches, where nothing else is set. */
    public static final long DEFAULT_BOUND_BYTES = 8L << 20;

    private static final long POLL_MILLIS = 200;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    /** Is told of progress, on the thread {@code bus}; must not wait. */
    public interface Listener {
        /** All events of {@code stream} that end at or before {@code position} are stored. */
        void acknowledged(StreamId stream, long position);

        /** There is room again after {@link AckedPublisher#hasRoom} had said no. */
        void roomAgain();
    }

    private final Bus bus;
    private final byte[] topic;
    private final Room room;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final Wakeup wakeup = new Wakeup();
    private final Queue<BatchFrame> inbox = new ConcurrentLinkedQueue<>();
    private final LongAdder publishedEvents = new LongAdder();
    private volatile long roundNanos = System.nanoTime();
    private volatile boolean connected;
    private volatile boolean stopping;

    // Of the thread "bus" only:
    private final Unacknowledged unacknowledged;
    private String core = "";

    private AckedPublisher(Bus bus, String client, long boundBytes, Listener listener, LongSupplier nanoTime) {
        this.bus = bus;
        this.topic = Acknowledgement.topic(client);
        this.room = new Room(boundBytes);
        this.listeners.add(listener);
        this.unacknowledged = new Unacknowledged(nanoTime);
        this.thread = new Thread(this::run, "bus");
    }

    /**
     * Starts publishing for a client. The core need not run: batches are kept until it does.
     *
     * @param client the name in the batches, to which acknowledgements are addressed
     * @param boundBytes how many bytes may be unacknowledged before {@link #hasRoom} says no
     */
    public static AckedPublisher start(Bus bus, String client, long boundBytes, Listener listener) {
        return start(bus, client, boundBytes, listener, System::nanoTime);
    }

    static AckedPublisher start(Bus bus, String client, long boundBytes, Listener listener, LongSupplier nanoTime) {
        var publisher = new AckedPublisher(bus, client, boundBytes, listener, nanoTime);
        publisher.thread.start();
        return publisher;
    }

    /** Tells one more of progress, from now on. */
    public void tellAlso(Listener listener) {
        listeners.add(listener);
    }

    /** Takes that back. */
    public void tellNoMore(Listener listener) {
        listeners.remove(listener);
    }

    /** Whether less than the bound is kept. A batch given nevertheless is kept, too. */
    public boolean hasRoom() {
        return room.isLeft();
    }

    /**
     * Sends a batch, now or as soon as the core is there. Never waits.
     *
     * @throws IllegalArgumentException if it is larger than the core takes
     */
    public void publish(BatchFrame batch) {
        int size = batch.bytes().length;
        if (size > Ingest.MAX_EVENT_FRAME_BYTES) {
            throw new IllegalArgumentException(
                    "A batch has at most " + Ingest.MAX_EVENT_FRAME_BYTES + " bytes, got " + size);
        }
        room.take(size);
        publishedEvents.add(batch.count());
        inbox.add(batch);
        wakeup.wake();
    }

    /** How many events were published since the start. */
    public long publishedEvents() {
        return publishedEvents.sum();
    }

    /** How many bytes of batches are not acknowledged. */
    public long unacknowledgedBytes() {
        return room.taken();
    }

    /** How many batches were sent again since the start. */
    public long resentBatches() {
        return unacknowledged.resent();
    }

    /** Whether the core is there. */
    public boolean isConnected() {
        return connected;
    }

    /** How long ago its thread last looked for work: well below a second, unless it hangs. */
    public Duration sinceLastRound() {
        return Duration.ofNanos(System.nanoTime() - roundNanos);
    }

    /** Waits until everything is acknowledged; false if that takes longer than {@code patience}. */
    public boolean awaitAcknowledged(Duration patience) {
        return room.awaitAllBack(patience);
    }

    /** Ends at once; what is not acknowledged is forgotten, and for the owner to publish again in its next life. */
    @Override
    public void close() {
        stopping = true;
        wakeup.wake();
        boolean unused = ThreadEnd.await(thread, STOP_LIMIT);
    }

    private void run() {
        try (wakeup;
                ZMQ.Socket frames = bus.socket(SocketType.XPUB);
                ZMQ.Socket answers = bus.socket(SocketType.SUB);
                ZMQ.Poller poller = bus.poller(3)) {
            frames.setSndHWM(0); // bounded by boundBytes instead
            frames.setImmediate(false); // in JeroMQ: no pipe without a connection, so that its end is seen
            frames.setXpubVerbose(true); // a new connection may come before the old one is seen to have ended
            answers.subscribe(topic);
            Bus.connect(frames, bus.addresses().publish());
            Bus.connect(answers, bus.addresses().acknowledge());
            int subscriptions = poller.register(frames, ZMQ.Poller.POLLIN);
            int acknowledgements = poller.register(answers, ZMQ.Poller.POLLIN);
            int work = poller.register(wakeup.channel(), ZMQ.Poller.POLLIN);
            while (!stopping && poller.poll(POLL_MILLIS) >= 0) {
                roundNanos = System.nanoTime();
                if (poller.pollin(work)) {
                    wakeup.reset();
                }
                if (poller.pollin(subscriptions)) {
                    noticeCore(frames);
                }
                if (poller.pollin(acknowledgements)) {
                    takeAnswers(answers);
                }
                takeInbox();
                unacknowledged.goBackIfQuiet();
                send(frames);
            }
        } catch (ZMQException e) {
            Bus.ignoreClosing(e);
        }
    }

    /** The core's subscription comes with each connection, and goes with the last one. */
    private void noticeCore(ZMQ.Socket frames) {
        for (byte[] frame = frames.recv(ZMQ.DONTWAIT); frame != null; frame = frames.recv(ZMQ.DONTWAIT)) {
            connected = frame.length > 0 && frame[0] == 1;
            log.info(connected ? "Connected to the core" : "Lost the core, keeping what it has not stored");
            core = ""; // whoever it is now, everything is sent again
            unacknowledged.goBack();
        }
    }

    private void takeAnswers(ZMQ.Socket answers) {
        for (byte[] frame = answers.recv(ZMQ.DONTWAIT); frame != null; frame = answers.recv(ZMQ.DONTWAIT)) {
            try {
                take(Acknowledgement.parse(frame, topic));
            } catch (MalformedFrameException e) {
                log.warn("Ignoring {}", e.reason());
            }
        }
    }

    private void take(Acknowledgement answer) {
        long freed = unacknowledged.acknowledge(answer.streams());
        listeners.forEach(listener -> answer.streams().forEach(listener::acknowledged));
        if (room.giveBack(freed)) {
            listeners.forEach(Listener::roomAgain);
        }
        if (!core.isEmpty() && !answer.core().equals(core)) {
            unacknowledged.goBack();
        }
        core = answer.core();
        answer.resend().forEach(unacknowledged::goBack);
    }

    private void takeInbox() {
        for (BatchFrame batch = inbox.poll(); batch != null; batch = inbox.poll()) {
            unacknowledged.add(batch);
        }
    }

    private void send(ZMQ.Socket frames) {
        while (connected) {
            BatchFrame batch = unacknowledged.next().orElse(null);
            if (batch == null) {
                return;
            }
            frames.send(batch.bytes());
        }
    }
}
