package logyard.core.bus;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import logyard.core.event.StreamPositions;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;

/**
 * The core's end of the bus: takes in what publishers send, single events and batches, and hands on each event once and
 * in order. Owns its sockets on the thread {@code ingest}.
 *
 * <p>A frame that is no event, is larger than {@link #MAX_EVENT_FRAME_BYTES}, is a broken batch or comes in several
 * parts is dropped and counted, and nothing else happens.
 */
public final class Ingest implements AutoCloseable {
    /** The largest frame that is taken; our own publishers' batches end well below it. */
    public static final int MAX_EVENT_FRAME_BYTES = 2 << 20;

    /** How much may wait to be taken: what three publishers may have on the way, and then some. */
    private static final long MAX_WAITING_BYTES = 32 << 20;

    /** How many frames are taken before what was taken so far is flushed and new subscribers are looked for. */
    private static final int ROUND = 500;

    private static final long POLL_MILLIS = 200;
    private static final long STOP_MILLIS = 5000;

    /** Where events go. All on the thread {@code ingest}. */
    public interface Receiver {
        /** Takes a frame, a batch or a single event; false if it cannot be stored now. */
        boolean take(byte[] frame);

        /** Nothing more is waiting just now, or much was taken: time to write out what is buffered. */
        void caughtUp();
    }

    private final Bus bus;
    private final Receiver receiver;
    private final IngestCounters counters = new IngestCounters();
    private final Intake intake;
    private final FrameMemory memory = new FrameMemory(MAX_EVENT_FRAME_BYTES, MAX_WAITING_BYTES);
    private final Wakeup wakeup = new Wakeup();
    private final Thread thread = new Thread(this::run, "ingest");
    private final CompletableFuture<Void> bound = new CompletableFuture<>();
    private volatile long roundNanos = System.nanoTime();
    private volatile boolean stopping;
    private boolean insideMessage; // of the thread "ingest": between the parts of one

    private Ingest(Bus bus, Receiver receiver, StreamPositions positions, PendingAcknowledgements acknowledgements) {
        this.bus = bus;
        this.receiver = receiver;
        this.intake = new Intake(receiver, positions, acknowledgements, counters);
    }

    /**
     * Starts taking in, once both sockets are bound.
     *
     * @param positions where the streams stand, as recovered; from now on of the thread {@code ingest}
     * @throws BusException if an address cannot be bound
     */
    public static Ingest start(
            Bus bus, Receiver receiver, StreamPositions positions, PendingAcknowledgements acknowledgements) {
        var ingest = new Ingest(bus, receiver, positions, acknowledgements);
        ingest.thread.start();
        try {
            ingest.bound.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BusException cause) {
                throw cause;
            }
            throw e;
        }
        return ingest;
    }

    private void run() {
        try (wakeup;
                ZMQ.Socket front = bus.socket(SocketType.SUB);
                LocalSubscribers subscribers = bindAll(front);
                ZMQ.Poller poller = bus.poller(3)) {
            bound.complete(null);
            int frames = poller.register(front, ZMQ.Poller.POLLIN);
            int subscriptions = poller.register(subscribers.socket(), ZMQ.Poller.POLLIN);
            int work = poller.register(wakeup.channel(), ZMQ.Poller.POLLIN);
            while (!stopping && poller.poll(POLL_MILLIS) >= 0) {
                roundNanos = System.nanoTime();
                if (poller.pollin(work)) {
                    wakeup.reset();
                }
                if (poller.pollin(subscriptions)) {
                    subscribers.noticeSubscriptions();
                }
                if (poller.pollin(frames)) {
                    takeFrames(front, subscribers::forward);
                    receiver.caughtUp();
                }
            }
        } catch (ZMQException e) {
            bound.completeExceptionally(e);
            Bus.ignoreClosing(e);
        } catch (RuntimeException | Error e) {
            if (!bound.completeExceptionally(e)) {
                throw e;
            }
        }
    }

    private LocalSubscribers bindAll(ZMQ.Socket front) {
        front.setMsgAllocator(memory);
        front.subscribe(ZMQ.SUBSCRIPTION_ALL);
        Bus.bind(front, bus.addresses().publish());
        return new LocalSubscribers(bus, counters);
    }

    private void takeFrames(ZMQ.Socket front, Consumer<byte[]> subscribers) {
        for (int i = 0; i < ROUND; i++) {
            Msg frame = front.base().recv(ZMQ.DONTWAIT);
            if (frame == null) {
                memory.nothingWaits();
                return;
            }
            counters.framesIn.increment();
            memory.take(frame);
            boolean part = insideMessage || frame.hasMore();
            insideMessage = frame.hasMore();
            if (part) {
                intake.drop("a message of several parts");
            } else if (frame.size() > MAX_EVENT_FRAME_BYTES) {
                intake.drop("a frame of " + frame.size() + " bytes, more than " + MAX_EVENT_FRAME_BYTES);
            } else if (memory.isDiscarded(frame)) {
                intake.overflow();
            } else {
                intake.take(frame.data(), subscribers);
            }
        }
    }

    /** What became of what came in. */
    public IngestCounters counters() {
        return counters;
    }

    /** How long ago its thread last looked for frames: well below a second, unless it hangs. */
    public Duration sinceLastRound() {
        return Duration.ofNanos(System.nanoTime() - roundNanos);
    }

    /** How many bytes of frames wait to be taken. */
    public long waitingBytes() {
        return memory.waitingBytes();
    }

    @Override
    public void close() {
        stopping = true;
        wakeup.wake();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
