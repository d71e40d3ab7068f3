package logyard.core.bus;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import logyard.core.event.BatchFrame;
import logyard.core.event.MalformedFrameException;
import logyard.core.event.StreamId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

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

    private static final Duration NO_PROGRESS = Duration.ofSeconds(1);
    private static final Duration NO_PROGRESS_AT_MOST = Duration.ofSeconds(8);
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
    private final long boundBytes;
    private final Listener listener;
    private final Thread thread;
    private final Wakeup wakeup = new Wakeup();
    private final Queue<BatchFrame> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicLong keptBytes = new AtomicLong();
    private final LongAdder resent = new LongAdder();
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean finishing;
    private volatile boolean stopping;

    // Of the thread "bus" only:
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private boolean connected;
    private String core = "";
    private long progressAt = System.nanoTime();
    private Duration patience = NO_PROGRESS;

    private AckedPublisher(Bus bus, String client, long boundBytes, Listener listener) {
        this.bus = bus;
        this.topic = Acknowledgement.topic(client);
        this.boundBytes = boundBytes;
        this.listener = listener;
        this.thread = new Thread(this::run, "bus");
    }

    /**
     * Starts publishing for a client. The core need not run: batches are kept until it does.
     *
     * @param client the name in the batches, to which acknowledgements are addressed
     * @param boundBytes how many bytes may be unacknowledged before {@link #hasRoom} says no
     */
    public static AckedPublisher start(Bus bus, String client, long boundBytes, Listener listener) {
        var publisher = new AckedPublisher(bus, client, boundBytes, listener);
        publisher.thread.start();
        return publisher;
    }

    /** Whether less than the bound is kept. A batch given nevertheless is kept, too. */
    public boolean hasRoom() {
        return keptBytes.get() < boundBytes;
    }

    /** Sends a batch, now or as soon as the core is there. Never waits. */
    public void publish(BatchFrame batch) {
        keptBytes.addAndGet(batch.bytes().length);
        inbox.add(batch);
        wakeup.wake();
    }

    /** How many bytes of batches are not acknowledged. */
    public long unacknowledgedBytes() {
        return keptBytes.get();
    }

    /** How many batches were sent again since the start. */
    public long resentBatches() {
        return resent.sum();
    }

    /** Waits until everything is acknowledged; false if that takes longer than {@code patience}. */
    public boolean awaitAcknowledged(Duration patience) {
        finishing = true;
        wakeup.wake();
        try {
            return drained.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends at once; what is not acknowledged is forgotten, and for the owner to publish again in its next life. */
    @Override
    public void close() {
        stopping = true;
        wakeup.wake();
        try {
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        ZMQ.Socket frames = bus.socket(SocketType.XPUB);
        ZMQ.Socket answers = bus.socket(SocketType.SUB);
        try (ZMQ.Poller poller = bus.poller(3)) {
            frames.setSndHWM(0); // bounded by boundBytes instead
            frames.setImmediate(false); // in JeroMQ: no pipe without a connection, so that its end is seen
            answers.subscribe(topic);
            Bus.connect(frames, bus.addresses().publish());
            Bus.connect(answers, bus.addresses().acknowledge());
            int subscriptions = poller.register(frames, ZMQ.Poller.POLLIN);
            int acknowledgements = poller.register(answers, ZMQ.Poller.POLLIN);
            int work = poller.register(wakeup.channel(), ZMQ.Poller.POLLIN);
            while (!stopping && poller.poll(POLL_MILLIS) >= 0) {
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
                sendAgainWithoutProgress();
                send(frames);
                if (finishing && unacknowledged.isEmpty() && inbox.isEmpty()) {
                    drained.countDown();
                }
            }
        } finally {
            frames.close();
            answers.close();
            wakeup.close();
        }
    }

    /** The core's subscription comes with each connection, and goes with it. */
    private void noticeCore(ZMQ.Socket frames) {
        for (byte[] frame = frames.recv(ZMQ.DONTWAIT); frame != null; frame = frames.recv(ZMQ.DONTWAIT)) {
            connected = frame.length > 0 && frame[0] == 1;
            log.info(connected ? "Connected to the core" : "Lost the core, keeping what it has not stored");
            resent.add(unacknowledged.goBack());
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
        answer.streams().forEach(this::acknowledge);
        if (!answer.core().equals(core)) {
            core = answer.core();
            resent.add(unacknowledged.goBack());
        }
        answer.resend().forEach((stream, position) -> resent.add(unacknowledged.goBack(stream, position)));
    }

    private void acknowledge(StreamId stream, long position) {
        boolean wasFull = !hasRoom();
        long freed = unacknowledged.acknowledge(stream, position);
        keptBytes.addAndGet(-freed);
        if (freed > 0) {
            progressAt = System.nanoTime();
            patience = NO_PROGRESS;
        }
        listener.acknowledged(stream, position);
        if (wasFull && hasRoom()) {
            listener.roomAgain();
        }
    }

    private void takeInbox() {
        for (BatchFrame batch = inbox.poll(); batch != null; batch = inbox.poll()) {
            if (!unacknowledged.awaitsAnswer()) {
                progressAt = System.nanoTime();
            }
            unacknowledged.add(batch);
        }
    }

    private void sendAgainWithoutProgress() {
        if (connected && unacknowledged.awaitsAnswer() && System.nanoTime() - progressAt > patience.toNanos()) {
            progressAt = System.nanoTime();
            patience = patience.multipliedBy(2).compareTo(NO_PROGRESS_AT_MOST) < 0
                    ? patience.multipliedBy(2)
                    : NO_PROGRESS_AT_MOST;
            resent.add(unacknowledged.goBack());
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
