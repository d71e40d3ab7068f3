package logyard.config.zookeeper;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The names of a tree's threads. None of them keeps the process alive. */
final class Threads {
    private Threads() {}

    /** Makes threads called {@code name}, {@code name-2}, {@code name-3}, … */
    static ThreadFactory named(String name) {
        var made = new AtomicInteger();
        return work -> {
            int number = made.incrementAndGet();
            var thread = new Thread(work, number == 1 ? name : name + "-" + number);
            thread.setDaemon(true);
            return thread;
        };
    }
}
