package logyard.core.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;
import logyard.core.router.Account;
import logyard.core.router.DrainFeed;
import logyard.core.router.FedRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of an open drain, and the one loop that all drains share: from the feed through the format to the drain, and
 * the cursor after it. Runs on the drain's executor and never waits there.
 */
final class DrainRun {
    private static final Logger log = LoggerFactory.getLogger(DrainRun.class);

    /** Enough to keep a target busy while the next batch is being made. */
    private static final int BATCHES_IN_FLIGHT = 3;

    /** A batch is sent when it is as large as this, or nothing more is there. */
    private static final int BATCH_BYTES = 64 << 10;

    /** After so many batches others on the same executor have their turn. */
    private static final int BATCHES_IN_A_ROW = 16;

    /** So, too, after so much of the journal was passed, however little of it is wanted. */
    private static final long READ_BACK_IN_A_ROW = 1 << 20;

    /** A close that takes so much longer than it may is not waited for. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

    /** Is told how the run ends. */
    interface Listener {
        /** The run is over and its drain closed; {@code error} is why, if it was not asked to. Called once. */
        void ended(Optional<Throwable> error);
    }

    private final String name;
    private final Drain drain;
    private final DrainFeed feed;
    private final RunCounters counters;
    private final Listener listener;
    private final RunExecutor executor;
    private final Runnable wake;
    private volatile boolean lookAsked;
    private volatile long lookAskedNanos;

    // On the drain's executor only:
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private final Deque<DrainBatch> spare = new ArrayDeque<>();
    private final Window window;
    private final WriteDeadline deadline = new WriteDeadline(System.nanoTime());
    private final BatchFiller filler;
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private long readTo;
    private long batchesSent;
    private long refusals; // that were counted
    private long readBack; // in this turn
    private StopPatience stopPatience = StopPatience.ALONE;
    private boolean stopping;

    /** On the drain's executor, as all that asks the drain for something. */
    DrainRun(DrainAttempt.Work work, Drain drain, Listener listener) {
        this.name = work.spec().name();
        this.drain = drain;
        this.feed = work.feed();
        this.counters = work.counters();
        this.listener = listener;
        this.executor = new RunExecutor(drain.executor(), this::fail);
        this.wake = executor.once(this::pump);
        this.window = new Window(drain.confirmation());
        this.filler = new BatchFiller(work, drain.format(work.spec()), feed.account());
        this.readTo = feed.position();
        for (int i = 0; i < BATCHES_IN_FLIGHT; i++) {
            spare.add(new DrainBatch(drain.maxEventBytes()));
        }
    }

    /** Begins to send. Any thread. */
    void start() {
        executor.execute(() -> drain.failure().whenComplete((nothing, error) -> {
            if (error != null) {
                executor.execute(() -> fail(error));
            }
        }));
        feed.onMore(wake);
    }

    /** Ends the run as soon as its executor does anything again. Any thread. */
    void giveUp(IOException error) {
        executor.execute(() -> fail(error));
    }

    /** For how long the executor has not come to what {@link #tick} asked of it. On the thread that ticks. */
    Duration silence(long nowNanos) {
        return lookAsked ? Duration.ofNanos(nowNanos - lookAskedNanos) : Duration.ZERO;
    }

    /** Looks at the clock; to be called about twice a second, by one thread. */
    void tick(long nowNanos) {
        if (!lookAsked) {
            lookAskedNanos = nowNanos;
            lookAsked = true;
            executor.execute(this::look);
        }
    }

    private void look() {
        lookAsked = false;
        long nowNanos = lookAskedNanos;
        confirm();
        countRefusals();
        long taken = batchesSent + drain.taken();
        deadline.exceeded(!inFlight.isEmpty(), taken, nowNanos)
                .ifPresent(limit -> fail(new IOException("the target took nothing for " + limit.toSeconds() + " s")));
        if (inFlight.isEmpty()) {
            spare.forEach(DrainBatch::shrink);
        }
        if (filler.hasNotice()) {
            wake.run();
        }
    }

    private void countRefusals() {
        long now = drain.refusals();
        counters.refused(now - refusals);
        refusals = now;
    }

    private void pump() {
        readBack = 0;
        try {
            for (int i = 0;
                    i < BATCHES_IN_A_ROW && mayGoOn() && !stopping && !executor.isOver() && !spare.isEmpty();
                    i++) {
                if (!sendNext()) {
                    return;
                }
            }
        } catch (IOException e) {
            fail(new IOException("cannot read the journal: " + e.getMessage(), e));
            return;
        }
        if (!spare.isEmpty()) {
            wake.run();
        }
    }

    private boolean mayGoOn() {
        return readBack < READ_BACK_IN_A_ROW;
    }

    /** Makes one batch of what the feed has, and sends it; false if the feed has nothing. */
    private boolean sendNext() throws IOException {
        DrainBatch batch = spare.element();
        Account gains = filler.addNotice(batch);
        boolean something = !batch.isEmpty();
        while (batch.length() < BATCH_BYTES && mayGoOn()) {
            Optional<FedRecord> record = feed.next();
            if (record.isEmpty()) {
                break;
            }
            gains = gains.plus(filler.add(record.get(), batch));
            readTo = record.get().next();
            readBack += record.get().readBackBytes();
            something = true;
        }
        if (!something) {
            return false;
        }
        var written = new Window.Written(readTo, gains, batch.length());
        spare.remove();
        var sending = new InFlight(batch, written);
        inFlight.add(sending);
        if (batch.isEmpty()) {
            sent(sending, null);
        } else {
            drain.write(batch).whenComplete((nothing, error) -> executor.execute(() -> sent(sending, error)));
        }
        return true;
    }

    /** A batch is done; an empty one maybe before those that were sent earlier. */
    private void sent(InFlight batch, @Nullable Throwable error) {
        if (error != null) {
            fail(error);
            return;
        }
        batch.done = true;
        for (var oldest = inFlight.peek(); oldest != null && oldest.done; oldest = inFlight.peek()) {
            inFlight.remove();
            batchesSent++;
            counters.written(oldest.written.bytes());
            window.add(oldest.written, System.nanoTime());
            oldest.batch.clear();
            spare.add(oldest.batch);
        }
        confirm();
        if (stopping && inFlight.isEmpty()) {
            idle.complete(null);
        }
        wake.run();
    }

    private void confirm() {
        long now = System.nanoTime();
        boolean quiet = inFlight.isEmpty() && drain.isQuiet();
        for (var next = window.confirmed(now, quiet); next.isPresent(); next = window.confirmed(now, quiet)) {
            settle(next.get());
        }
    }

    private void settle(Window.Written written) {
        feed.settle(written.next(), written.gains());
    }

    /**
     * Ends the run: what is being written is waited for, then the drain is closed. Any thread.
     *
     * @return completes when the drain's executor heard of it
     */
    CompletableFuture<Void> stop(StopPatience patience) {
        var heard = new CompletableFuture<Void>();
        try {
            drain.executor().execute(() -> heard.complete(null)); // also of a run that is over, and is being closed
        } catch (RejectedExecutionException e) {
            heard.complete(null); // nothing of it runs any more
        }
        executor.execute(() -> {
            if (stopping) {
                return;
            }
            stopping = true;
            stopPatience = patience;
            if (inFlight.isEmpty()) {
                idle.complete(null);
            }
            idle.completeOnTimeout(null, patience.toTake().toMillis(), TimeUnit.MILLISECONDS)
                    .thenRun(() -> executor.execute(() -> end(Optional.empty())));
        });
        return heard;
    }

    private void fail(Throwable error) {
        if (!executor.isOver()) {
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            end(Optional.of(cause));
        }
    }

    private void end(Optional<Throwable> error) {
        executor.end();
        feed.onMore(() -> {});
        boolean allSent = inFlight.isEmpty() && error.isEmpty();
        close().completeOnTimeout(
                        false, stopPatience.toConfirm().plus(CLOSE_GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((taken, closeError) -> {
                    try {
                        closed(allSent && Boolean.TRUE.equals(taken));
                    } finally {
                        listener.ended(error);
                    }
                });
    }

    /** A type may come from a third party: it ends here whatever it throws. */
    private CompletableFuture<Boolean> close() {
        var closed = new CompletableFuture<Boolean>();
        try {
            countRefusals();
            drain.close(stopPatience.toConfirm()).whenComplete((taken, error) -> closed.complete(taken));
        } catch (RuntimeException | Error e) {
            log.error("[drain:{}] Cannot be closed, by a bug", name, e);
            closed.complete(false);
        }
        return closed;
    }

    private void closed(boolean targetHasAll) {
        while (targetHasAll) {
            Optional<Window.Written> next = window.confirmedByPeer();
            if (next.isEmpty()) {
                break;
            }
            settle(next.get());
        }
        long unanswered = inFlight.stream()
                .mapToLong(batch -> batch.written.gains().delivered())
                .sum();
        long again = window.events() + unanswered;
        counters.repeated(again);
        if (stopping && again > 0) {
            log.info(
                    "[drain:{}] Stopped before its target was known to have everything: {} events are sent again",
                    name,
                    again);
        }
        rewind();
    }

    private void rewind() {
        try {
            feed.rewind();
        } catch (IOException e) {
            // The descriptor could not be closed; the feed stands where it should nevertheless.
        }
    }
}
