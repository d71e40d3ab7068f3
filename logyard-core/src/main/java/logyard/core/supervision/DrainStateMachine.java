package logyard.core.supervision;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.InvalidDrainException;
import logyard.core.drain.Masking;
import logyard.core.router.DrainFeed;
import logyard.core.router.FeedCursor;
import logyard.core.supervision.DrainState.Event;
import logyard.core.supervision.DrainState.Fatal;
import logyard.core.supervision.DrainState.Retrying;
import logyard.core.supervision.DrainState.Running;
import logyard.core.supervision.DrainState.Stopped;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One drain from its definition to its end: attempts to run it, and attempts it again after failures. On the supervisor's
 * thread only.
 */
final class DrainStateMachine {
    private static final Logger log = LoggerFactory.getLogger(DrainStateMachine.class);

    /**
     * What all drains of a node share.
     *
     * @param node its address, as in events
     */
    record Surroundings(
            String node,
            DrainTypes types,
            DrainEnvironment environment,
            ScheduledExecutorService supervisor,
            Clock clock,
            RetryPace pace) {}

    /** Is told of each transition, the first state included. */
    interface Listener {
        void changed(DrainStatus status);
    }

    /** Opens the drain's way through the journal. */
    interface FeedOpener {
        DrainFeed open(DrainSpec spec) throws IOException;
    }

    private final String name;
    private final FeedOpener feedOpener;
    private final ProgressiveRetry retry;
    private final Surroundings surroundings;
    private final Listener listener;
    private final RunCounters counters = new RunCounters();

    private DrainState state = new Stopped();
    private int revision = 1;
    private Instant since;
    private Optional<DrainFeed> feed = Optional.empty();
    private @Nullable DrainAttempt attempt;
    private @Nullable ScheduledFuture<?> retryTimer;
    private @Nullable CompletableFuture<Void> stopped;

    DrainStateMachine(
            String name, FeedOpener feedOpener, ProgressiveRetry retry, Surroundings surroundings, Listener listener) {
        this.name = name;
        this.feedOpener = feedOpener;
        this.retry = retry;
        this.surroundings = surroundings;
        this.listener = listener;
        this.since = surroundings.clock().instant();
        listener.changed(status());
    }

    DrainStatus status() {
        FeedCursor cursor = feed.map(DrainFeed::cursor).orElse(FeedCursor.startingAt(0));
        return new DrainStatus(
                state,
                revision,
                since,
                cursor,
                counters.bytesWritten(),
                counters.repeated(),
                counters.refusals(),
                counters.opens(),
                counters.failures());
    }

    /** Whether it has a place in the journal open; until then its status says nothing of events. */
    boolean hasFeed() {
        return feed.isPresent();
    }

    /** Whether it was given up, or cannot work as it is defined. */
    boolean isFatal() {
        return state instanceof Fatal;
    }

    /** From the next failure on, it is retried for this long; zero is for ever. */
    void limitRetries(Duration limit) {
        retry.limit(limit);
    }

    /** Opens the target, unless it is open or being opened. */
    void start(DrainSpec spec) {
        if (enter(Event.START, "")) {
            attempt(spec);
        }
    }

    /** The drain can never work as it is defined. */
    void refuse(String reason) {
        String shown = Masking.text(reason);
        if (enter(Event.INVALID, shown)) {
            log.error("[drain:{}] Not started: {}", name, shown);
        }
    }

    private void attempt(DrainSpec spec) {
        DrainFeed opened;
        try {
            opened = feed.isPresent() ? feed.get() : feedOpener.open(spec);
        } catch (IOException e) {
            failed(spec, new IOException("cannot read the journal: " + e.getMessage(), e));
            return;
        }
        feed = Optional.of(opened);
        attempt = DrainAttempt.begin(
                new DrainAttempt.Work(spec, opened, counters, surroundings.node(), surroundings.clock()),
                surroundings.types(),
                surroundings.environment(),
                surroundings.supervisor(),
                new DrainAttempt.Listener() {
                    @Override
                    public void up() {
                        counters.opened();
                        enter(Event.DUE, ""); // if it had seemed to hang
                        enter(Event.UP, "");
                    }

                    @Override
                    public void hangs(IOException error) {
                        if (enter(Event.FAILED, spec.uri().hide(String.valueOf(error.getMessage())))) {
                            log.error(
                                    "[drain:{}] Hangs: {}",
                                    name,
                                    state.reasonIfAny().orElse(""));
                        }
                    }

                    @Override
                    public void over(Optional<Throwable> error) {
                        attempt = null;
                        error.ifPresentOrElse(why -> failed(spec, why), () -> enter(Event.ENDED, ""));
                    }
                });
    }

    private void failed(DrainSpec spec, Throwable error) {
        counters.failed();
        if (error instanceof InvalidDrainException invalid) {
            refuse(spec.uri().hide(invalid.reason()));
            return;
        }
        if (error instanceof RuntimeException || error instanceof Error) {
            log.error("[drain:{}] Failed by a bug", name, error);
        }
        Instant now = surroundings.clock().instant();
        if (state instanceof Running && Duration.between(since, now).compareTo(ProgressiveRetry.RAN_WELL) >= 0) {
            retry.ranWell();
        }
        String reason = spec.uri().hide(Optional.ofNullable(error.getMessage()).orElse(error.toString()));
        enter(Event.FAILED, reason);
        Optional<Duration> pause = retry.failedAt(now);
        RetryMessage message = RetryMessage.of(reason, pause, retry.limit());
        log.atLevel(message.level()).log("[drain:{}] [STM] Drain exited abruptly -- {}", name, message.text());
        if (pause.isEmpty()) {
            enter(Event.GAVE_UP, "retried too long; last error: " + reason);
            return;
        }
        int revisionOfWait = revision;
        schedule(() -> queue(spec, revisionOfWait), surroundings.pace().spread(pause.get()));
    }

    private void schedule(Runnable task, Duration delay) {
        retryTimer = surroundings.supervisor().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void queue(DrainSpec spec, int revisionOfWait) {
        Duration turn = surroundings.pace().claim(surroundings.clock().millis());
        if (turn.isZero()) {
            due(spec, revisionOfWait);
        } else {
            schedule(() -> due(spec, revisionOfWait), turn);
        }
    }

    private void due(DrainSpec spec, int revisionOfWait) {
        if (revision == revisionOfWait && state instanceof Retrying && enter(Event.DUE, "")) {
            attempt(spec);
        }
    }

    /** Looks at the clock; to be called about twice a second. */
    void tick(long nowNanos) {
        if (attempt != null) {
            attempt.tick(nowNanos);
        }
    }

    /**
     * Ends the drain for good.
     *
     * @return completes, on the supervisor's thread, when nothing of it runs any more; within 5 s
     */
    CompletableFuture<Void> stop(StopPatience patience) {
        CompletableFuture<Void> asked = stopped;
        if (asked != null) {
            return asked;
        }
        enter(Event.STOP, "");
        if (retryTimer != null) {
            retryTimer.cancel(false);
        }
        CompletableFuture<Void> ended =
                attempt == null ? CompletableFuture.completedFuture(null) : attempt.stop(patience);
        stopped = ended.thenRun(this::closeFeed);
        return stopped;
    }

    private void closeFeed() {
        try {
            if (feed.isPresent()) {
                feed.get().close();
            }
        } catch (IOException e) {
            log.warn("[drain:{}] Cannot close the journal: {}", name, e.getMessage());
        }
    }

    /** Goes to the state that an event leads to; false if that is the current one, whose revision then stays. */
    private boolean enter(Event event, String reason) {
        DrainState next = state.after(event, reason);
        if (next.equals(state)) {
            return false;
        }
        log.info("[drain:{}] [STM] {} ({}) => {} ({})", name, state.label(), revision, next.label(), revision + 1);
        state = next;
        revision++;
        since = surroundings.clock().instant();
        listener.changed(status());
        return true;
    }
}
