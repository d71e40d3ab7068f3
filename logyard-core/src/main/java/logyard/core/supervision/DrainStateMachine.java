package logyard.core.supervision;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.InvalidDrainException;
import logyard.core.router.DrainFeed;
import logyard.core.router.FeedCursor;
import logyard.core.supervision.DrainState.Event;
import logyard.core.supervision.DrainState.Retrying;
import logyard.core.supervision.DrainState.Running;
import logyard.core.supervision.DrainState.Stopped;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One drain from its definition to its end: opens its target, runs it, and opens it again after failures. On the
 * supervisor's thread only; what happens elsewhere is reported to it with the revision it belongs to, and passed over if
 * that is not the current one any more.
 */
final class DrainStateMachine {
    private static final Logger log = LoggerFactory.getLogger(DrainStateMachine.class);

    /** A run that has not ended by then is given up: its executor hangs. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    /** What all drains of a node share. */
    record Surroundings(
            DrainTypes types, DrainEnvironment environment, ScheduledExecutorService supervisor, Clock clock) {}

    /** Is told of each transition, the first state included. */
    interface Listener {
        void changed(DrainStatus status);
    }

    private final String name;
    private final Optional<DrainSpec> spec;
    private final Optional<DrainFeed> feed;
    private final ProgressiveRetry retry;
    private final Surroundings surroundings;
    private final Listener listener;
    private final RunCounters counters = new RunCounters();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private DrainState state = new Stopped();
    private int revision = 1;
    private Instant since;
    private @Nullable CompletableFuture<Drain> opening;
    private @Nullable DrainRun run;
    private @Nullable ScheduledFuture<?> retryTimer;
    private boolean stopAsked;

    /** @param spec with its {@code feed}; empty if the definition is invalid, see {@link #refuse} */
    DrainStateMachine(
            String name,
            Optional<DrainSpec> spec,
            Optional<DrainFeed> feed,
            ProgressiveRetry retry,
            Surroundings surroundings,
            Listener listener) {
        this.name = name;
        this.spec = spec;
        this.feed = feed;
        this.retry = retry;
        this.surroundings = surroundings;
        this.listener = listener;
        this.since = surroundings.clock().instant();
        listener.changed(status());
    }

    DrainStatus status() {
        FeedCursor cursor = feed.map(DrainFeed::cursor).orElse(FeedCursor.startingAt(0));
        return new DrainStatus(state, revision, since, cursor, counters.repeated());
    }

    Optional<DrainFeed> feed() {
        return feed;
    }

    /** Opens the target, unless it is open or being opened. */
    void start() {
        if (enter(Event.START, "")) {
            open();
        }
    }

    /** The drain can never work as it is defined. */
    void refuse(String reason) {
        if (enter(Event.INVALID, reason)) {
            log.error("[drain:{}] Not started: {}", name, reason);
        }
    }

    private void open() {
        DrainSpec wanted = spec.orElseThrow();
        int revisionOfAttempt = revision;
        CompletableFuture<Drain> attempt;
        try {
            attempt = surroundings.types().of(wanted).open(wanted, surroundings.environment());
        } catch (InvalidDrainException e) {
            refuse(e.reason());
            return;
        }
        opening = attempt;
        attempt.whenComplete((drain, error) -> surroundings
                .supervisor()
                .execute(() -> opened(revisionOfAttempt, Optional.ofNullable(drain), Optional.ofNullable(error))));
    }

    private void opened(int revisionOfAttempt, Optional<Drain> drain, Optional<Throwable> error) {
        if (revision != revisionOfAttempt || stopAsked) {
            drain.ifPresent(late -> late.executor().execute(late::close));
            return;
        }
        opening = null;
        if (drain.isPresent()) {
            enter(Event.UP, "");
            int revisionOfRun = revision;
            var begun = new DrainRun(
                    spec.orElseThrow(),
                    drain.get(),
                    feed.orElseThrow(),
                    counters,
                    reason -> surroundings.supervisor().execute(() -> runEnded(revisionOfRun, reason)));
            run = begun;
            begun.start();
        } else {
            failed(cause(error.orElseThrow()));
        }
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    private void runEnded(int revisionOfRun, Optional<Throwable> error) {
        run = null;
        if (stopAsked) {
            finish();
        } else if (revision == revisionOfRun && error.isPresent()) {
            failed(error.get());
        } else {
            enter(Event.ENDED, "");
        }
    }

    private void failed(Throwable error) {
        if (error instanceof InvalidDrainException invalid) {
            refuse(invalid.reason());
            return;
        }
        if (error instanceof RuntimeException) {
            log.error("[drain:{}] Failed by a bug", name, error);
        }
        Instant now = surroundings.clock().instant();
        if (state instanceof Running && Duration.between(since, now).compareTo(ProgressiveRetry.RAN_WELL) >= 0) {
            retry.ranWell();
        }
        String reason = Optional.ofNullable(error.getMessage()).orElse(error.toString());
        enter(Event.FAILED, reason);
        Optional<Duration> pause = retry.failedAt(now);
        RetryMessage message = RetryMessage.of(reason, pause, retry.limit());
        log.atLevel(message.level()).log("[drain:{}] [STM] Drain exited abruptly -- {}", name, message.text());
        if (pause.isEmpty()) {
            enter(Event.GAVE_UP, "retried too long; last error: " + reason);
            return;
        }
        int revisionOfWait = revision;
        retryTimer = surroundings
                .supervisor()
                .schedule(() -> due(revisionOfWait), pause.get().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void due(int revisionOfWait) {
        if (revision == revisionOfWait && state instanceof Retrying && enter(Event.DUE, "")) {
            open();
        }
    }

    /** Looks at the clock; to be called about twice a second. */
    void tick() {
        if (run != null) {
            run.tick();
        }
    }

    /**
     * Ends the drain for good.
     *
     * @return completes, on the supervisor's thread, when nothing of it runs any more; within 5 s
     */
    CompletableFuture<Void> stop() {
        if (stopAsked) {
            return ended;
        }
        stopAsked = true;
        enter(Event.STOP, "");
        if (retryTimer != null) {
            retryTimer.cancel(false);
        }
        if (opening != null) {
            opening.cancel(true);
        }
        if (run == null) {
            finish();
        } else {
            run.stop();
            surroundings.supervisor().schedule(this::abandon, STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
        return ended;
    }

    private void abandon() {
        if (!ended.isDone()) {
            log.error("[drain:{}] Did not stop within {} s, leaving it behind", name, STOP_LIMIT.toSeconds());
            finish();
        }
    }

    private void finish() {
        try {
            if (feed.isPresent()) {
                feed.get().close();
            }
        } catch (IOException e) {
            log.warn("[drain:{}] Cannot close the journal: {}", name, e.getMessage());
        }
        ended.complete(null);
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
