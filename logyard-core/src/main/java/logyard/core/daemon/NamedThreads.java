package logyard.core.daemon;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executors whose threads tell by their names what they do. */
public final class NamedThreads {
    private static final Logger log = LoggerFactory.getLogger(NamedThreads.class);
    private static final long STOP_SECONDS = 2;

    private NamedThreads() {}

    /**
     * One thread that also knows time. A task that fails is logged, and the next one runs, be it the same again; an error
     * of the JVM is for the handler of uncaught exceptions.
     */
    public static ScheduledExecutorService scheduler(String name) {
        var scheduler = new ScheduledThreadPoolExecutor(1, factory(name)) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) { // execute() comes here, too
                return super.schedule(logged(name, task), delay, unit);
            }

            @Override
            public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
                return super.scheduleAtFixedRate(logged(name, task), delay, period, unit);
            }

            @Override
            public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long delay, long pause, TimeUnit unit) {
                return super.scheduleWithFixedDelay(logged(name, task), delay, pause, unit);
            }
        };
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return scheduler;
    }

    /** One thread. */
    public static ExecutorService single(String name) {
        return Executors.newSingleThreadExecutor(factory(name));
    }

    /** At most {@code size} threads, each ended when it was idle for a while, named {@code name-1} and so on. */
    public static ExecutorService pool(String name, int size) {
        var pool = new java.util.concurrent.ThreadPoolExecutor(
                size,
                size,
                10,
                TimeUnit.SECONDS,
                new java.util.concurrent.LinkedBlockingQueue<>(),
                factory(name + "-"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory factory(String name) {
        var number = new AtomicInteger();
        return task -> new Thread(task, name.endsWith("-") ? name + number.incrementAndGet() : name);
    }

    private static Runnable logged(String name, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.error("A task of the thread {} failed by a bug", name, e);
            } catch (Error e) { // the future of the task, which nobody asks, would keep it to itself
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        };
    }

    /** Lets an executor finish what it was given, for at most 2 s. */
    public static void stop(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
