package logyard.core.daemon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a process: what was started is closed in reverse when it is told to end, by SIGTERM or Ctrl-C, and the
 * exit status is then 0.
 */
public final class Daemon implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Daemon.class);

    private final String name;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stopping;

    /** @param name what the process is called in its log */
    public Daemon(String name) {
        this.name = name;
    }

    /**
     * The daemon that this process is. If one of its threads ends by a bug, the process ends at once with status 1, so that
     * systemd starts another: one that goes on deaf helps nobody. Nothing is lost thereby, as nothing is by a {@code kill -9}.
     */
    public static Daemon ofProcess(String name) {
        var daemon = new Daemon(name);
        Thread.setDefaultUncaughtExceptionHandler(daemon::endByBug);
        return daemon;
    }

    private void endByBug(Thread thread, Throwable bug) {
        if (stopping) {
            log.error("The thread {} ended by a bug while {} was stopping", thread.getName(), name, bug);
            return;
        }
        try {
            log.error("The thread {} ended by a bug, and {} with it", thread.getName(), name, bug);
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }

    /** Has {@code resource} closed at the end, before all that was given earlier. */
    public synchronized <T extends AutoCloseable> T closeAtExit(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Lets the process run until it is told to end. */
    public void runUntilStopped() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endProcess, "stop"));
        log.info("Started {}", name);
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endProcess() {
        stopping = true;
        log.info("Stopping {}", name);
        close();
        log.info("Stopped {}", name);
        // A process that ends by a signal has another status; ending in good order is a success.
        Runtime.getRuntime().halt(0);
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.pop();
            try {
                resource.close();
            } catch (Exception e) { // whatever it is, the others are to be closed, too
                log.error("Could not close {}", resource, e);
            }
        }
        closed.countDown();
    }
}
