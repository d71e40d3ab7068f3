package logyard.core.supervision;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainTypes;
import logyard.core.router.DrainFeed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a drain: opens its target, and runs it until it fails or is stopped. On the supervisor's thread only,
 * where what happens elsewhere is brought to.
 */
final class DrainAttempt {
    private static final Logger log = LoggerFactory.getLogger(DrainAttempt.class);

    /** A run that has not ended by then is given up. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    /** One that has not even heard of it by then is, too: its executor hangs, as with a disk that does not answer. */
    private static final Duration HEARD_LIMIT = Duration.ofMillis(900);

    /** A type has 10 s to open a target; one that is not done by then hangs. */
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(12);

    /** So does an executor that did nothing for as long as a target may take nothing. */
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);

    /**
     * What is to be run.
     *
     * @param node the address of this node, as in events
     */
    record Work(DrainSpec spec, DrainFeed feed, RunCounters counters, String node, Clock clock) {}

    /** Is told, on the supervisor's thread, how it goes; of nothing after {@link #stop}. */
    interface Listener {
        /** The target is open. */
        void up();

        /** Nothing happens any more, and nothing can be done but wait; {@link #up} or {@link #over} follows if it ends. */
        void hangs(IOException error);

        /** The attempt is over, if it was not stopped; {@code error} is why, if there is a reason. */
        void over(Optional<Throwable> error);
    }

    private final Work work;
    private final ScheduledExecutorService supervisor;
    private final Listener listener;
    private final CompletableFuture<Drain> opening;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final long begunNanos = System.nanoTime();
    private @Nullable DrainRun run;
    private boolean stopAsked;
    private boolean hangs;

    private DrainAttempt(
            Work work, CompletableFuture<Drain> opening, ScheduledExecutorService supervisor, Listener listener) {
        this.work = work;
        this.opening = opening;
        this.supervisor = supervisor;
        this.listener = listener;
    }

    /** Begins to open the target. */
    static DrainAttempt begin(
            Work work,
            DrainTypes types,
            DrainEnvironment environment,
            ScheduledExecutorService supervisor,
            Listener listener) {
        var attempt = new DrainAttempt(work, open(work.spec(), types, environment), supervisor, listener);
        attempt.opening.whenComplete((drain, error) ->
                supervisor.execute(() -> attempt.opened(Optional.ofNullable(drain), Optional.ofNullable(error))));
        return attempt;
    }

    /** A type may come from a third party: whatever it throws concerns its own drains only. */
    private static CompletableFuture<Drain> open(DrainSpec spec, DrainTypes types, DrainEnvironment environment) {
        try {
            return types.of(spec).open(spec, environment.forDrain(spec.name()));
        } catch (RuntimeException | LinkageError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void opened(Optional<Drain> drain, Optional<Throwable> error) {
        if (stopAsked) {
            drain.ifPresent(DrainAttempt::close);
        } else if (drain.isPresent()) {
            prepareRun(drain.get());
        } else {
            listener.over(error.map(DrainAttempt::cause));
        }
    }

    private void prepareRun(Drain drain) {
        CompletableFuture<DrainRun> prepared;
        try {
            prepared = CompletableFuture.supplyAsync(
                    () -> new DrainRun(work, drain, reason -> supervisor.execute(() -> runEnded(reason))),
                    drain.executor());
        } catch (RuntimeException | LinkageError e) {
            prepared = CompletableFuture.failedFuture(e);
        }
        prepared.whenComplete((ready, error) -> supervisor.execute(() -> {
            if (stopAsked || error != null) {
                close(drain);
            }
            if (stopAsked) {
                return;
            }
            if (error != null) {
                listener.over(Optional.of(cause(error)));
                return;
            }
            run = ready;
            hangs = false;
            listener.up();
            ready.start();
        }));
    }

    private static void close(Drain late) {
        try {
            late.executor().execute(late::close);
        } catch (RuntimeException | LinkageError e) {
            log.warn("A target that was not needed any more cannot be closed", e);
        }
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    private void runEnded(Optional<Throwable> error) {
        run = null;
        if (stopAsked) {
            stopped.complete(null);
        } else {
            listener.over(error);
        }
    }

    /** Looks at the clock; to be called about twice a second. */
    void tick(long nowNanos) {
        if (run != null) {
            run.tick(nowNanos);
            if (!hangs && run.silence(nowNanos).compareTo(SILENCE_LIMIT) > 0) {
                var error = new IOException(
                        "nothing was heard of it for " + SILENCE_LIMIT.toSeconds() + " s; does its disk answer?");
                hangs(error);
                run.giveUp(error);
            }
        } else if (!hangs && !stopAsked && nowNanos - begunNanos > OPEN_LIMIT.toNanos()) {
            hangs(new IOException(
                    "not opened within " + OPEN_LIMIT.toSeconds() + " s, and still waiting; does its disk answer?"));
        }
    }

    private void hangs(IOException error) {
        hangs = true;
        listener.hangs(error);
    }

    /**
     * Gives it up. A target that opens nevertheless is closed.
     *
     * @return completes, on the supervisor's thread, when nothing of it runs any more; within 5 s
     */
    CompletableFuture<Void> stop(StopPatience patience) {
        stopAsked = true;
        opening.cancel(true);
        if (run == null) {
            stopped.complete(null);
        } else {
            CompletableFuture<Void> heard = run.stop(patience);
            supervisor.schedule(
                    () -> {
                        if (!heard.isDone()) {
                            abandon(HEARD_LIMIT);
                        }
                    },
                    HEARD_LIMIT.toMillis(),
                    TimeUnit.MILLISECONDS);
            supervisor.schedule(() -> abandon(STOP_LIMIT), STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
        return stopped;
    }

    private void abandon(Duration limit) {
        if (stopped.complete(null)) {
            log.error(
                    "[drain:{}] Did not stop within {} ms, leaving it behind",
                    work.spec().name(),
                    limit.toMillis());
        }
    }
}
