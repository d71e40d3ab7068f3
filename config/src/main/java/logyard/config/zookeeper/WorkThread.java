package logyard.config.zookeeper;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that does one task after the other, and goes on when one of them fails. */
final class WorkThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkThread.class);

    private final ScheduledThreadPoolExecutor thread;

    WorkThread(String name) {
        var discardAfterTheEnd = new ThreadPoolExecutor.DiscardPolicy();
        thread = new ScheduledThreadPoolExecutor(1, Threads.named(name), discardAfterTheEnd);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Does {@code task} when its turn comes; never waits. */
    void run(Runnable task) {
        runAfter(Duration.ZERO, task);
    }

    /** Does {@code task} when its turn comes, but not before {@code delay} has passed; never waits. */
    void runAfter(Duration delay, Runnable task) {
        ScheduledFuture<?> unused = thread.schedule(() -> runLogged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("A task of {} failed", Thread.currentThread().getName(), e);
        } catch (Error e) { // the future of the task, which nobody asks, would keep it to itself
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, e);
        }
    }

    /** Lets the task of this moment finish, waiting 1 s for it at most, and forgets the others. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            boolean unused = thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
