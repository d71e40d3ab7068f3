package logyard.core.supervision;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A drain's executor as its run uses it: once the run is over no task of it does anything, and what a task throws ends
 * the run, for the drain may be of a third party's type.
 */
final class RunExecutor {
    private final Executor executor;
    private final Consumer<Throwable> failed;
    private boolean over; // on the executor only

    /** @param failed is told, on the executor, what a task threw */
    RunExecutor(Executor executor, Consumer<Throwable> failed) {
        this.executor = executor;
        this.failed = failed;
    }

    /** Any thread; never waits. */
    void execute(Runnable task) {
        try {
            executor.execute(() -> {
                if (!over) {
                    run(task);
                }
            });
        } catch (RejectedExecutionException e) {
            // The executor ends with the process; so does this run.
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }

    /** Makes a task that waits for its turn at most once, however often it is called. Any thread may call it. */
    Runnable once(Runnable task) {
        var waiting = new AtomicBoolean();
        return () -> {
            if (waiting.compareAndSet(false, true)) {
                execute(() -> {
                    waiting.set(false);
                    task.run();
                });
            }
        };
    }

    /** The run is over. On the executor. */
    void end() {
        over = true;
    }

    /** Whether the run is over. On the executor. */
    boolean isOver() {
        return over;
    }
}
