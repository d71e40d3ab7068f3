package logyard.core.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import logyard.core.event.BatchFrame;
import logyard.core.event.Batches;
import logyard.core.event.MalformedFrameException;
import logyard.core.event.StreamPositions;

/**
 * The core's end of the bus with a list in memory for a journal. Any thread.
 *
 * <p>What it stores outlives it: {@link #restarted} is another life on the same addresses.
 */
public final class FakeCore implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final long GROUP_MILLIS = 10;

    private final BusAddresses addresses;
    private final Bus bus;
    private final List<byte[]> journal;
    private final Semaphore commitWanted = new Semaphore(0);
    private final PendingAcknowledgements pending = new PendingAcknowledgements(commitWanted::release);
    private final CompletableFuture<Void> bound = new CompletableFuture<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread commit = new Thread(this::commit, "commit");
    private final Ingest ingest;
    private volatile boolean storing = true;
    private volatile boolean acknowledging = true;

    private FakeCore(BusAddresses addresses, List<byte[]> journal) {
        this.addresses = addresses;
        this.journal = journal;
        bus = new Bus(addresses);
        try {
            commit.start();
            bound.join();
            ingest = Ingest.start(bus, new Store(), positions(journal), pending);
        } catch (RuntimeException e) {
            stopCommit();
            bus.close();
            throw e instanceof CompletionException && e.getCause() instanceof BusException cause ? cause : e;
        }
    }

    /** A core with an empty journal. */
    public static FakeCore start(BusAddresses addresses) {
        return new FakeCore(addresses, new ArrayList<>());
    }

    /** Ends this life and begins another, which knows what this one stored. */
    public FakeCore restarted() {
        close();
        return new FakeCore(addresses, journal);
    }

    /** Whether what comes in is stored from now on; else the journal is full. */
    public void storing(boolean on) {
        storing = on;
    }

    /** Whether publishers are told what is stored from now on; else what they should be told is lost. */
    public void acknowledging(boolean on) {
        acknowledging = on;
        commitWanted.release();
    }

    /** All events stored so far, in order. */
    public List<String> events() {
        synchronized (journal) {
            return journal.stream()
                    .flatMap(frame -> Batches.events(frame).stream())
                    .toList();
        }
    }

    public IngestCounters counters() {
        return ingest.counters();
    }

    private static StreamPositions positions(List<byte[]> journal) {
        var positions = new StreamPositions();
        for (byte[] frame : journal) {
            if (BatchFrame.isBatch(frame)) {
                try {
                    BatchFrame batch = BatchFrame.parse(frame);
                    positions.advance(batch.client(), batch.stream(), batch.end());
                } catch (MalformedFrameException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return positions;
    }

    private final class Store implements Ingest.Receiver {
        @Override
        public boolean take(byte[] frame) {
            if (!storing) {
                return false;
            }
            synchronized (journal) {
                journal.add(frame);
            }
            return true;
        }

        @Override
        public void caughtUp() {
            commitWanted.release();
        }
    }

    private void commit() {
        try (var acknowledger = new Acknowledger(bus, "epoch " + System.nanoTime())) {
            bound.complete(null);
            while (stop.getCount() > 0) {
                boolean wanted = commitWanted.tryAcquire(1, TimeUnit.SECONDS);
                stop.await(GROUP_MILLIS, TimeUnit.MILLISECONDS); // as a journal waits for more to sync at once
                commitWanted.drainPermits();
                PendingAcknowledgements.Taken taken = pending.take();
                if (wanted && acknowledging) {
                    acknowledger.send(taken);
                } else {
                    acknowledger.noticeClients();
                }
            }
        } catch (RuntimeException e) {
            if (!bound.completeExceptionally(e)) {
                throw e;
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody interrupts a thread that uses ZeroMQ", e);
        }
    }

    private void stopCommit() {
        stop.countDown();
        commitWanted.release();
        try {
            commit.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ingest.close();
        stopCommit();
        bus.close();
    }
}
