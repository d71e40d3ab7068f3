package logyard.apptail;

import java.util.function.LongSupplier;
import logyard.core.bus.WarningLimit;
import logyard.core.event.AppEvents;
import logyard.core.event.AppInstance;
import logyard.core.event.EventTime;
import logyard.core.settings.ApptailConfig;
import logyard.core.tail.LeakyBucket;

/**
 * One log of one instance, through all files that are at its path one after the other.
 *
 * <p>Made on the thread {@code instances}, and from then on of the thread {@code tail}, but for {@link #limit}.
 */
final class AppLog {
    private final AppInstance app;
    private final String name;
    private final AppEvents lines;
    private final AppEvents notices;
    private final LongSupplier nanoTime;
    private final WarningLimit complaints;
    private boolean read;
    private volatile LeakyBucket bucket;

    AppLog(
            AppInstance app,
            String source,
            String name,
            String brand,
            String node,
            EventTime time,
            ApptailConfig config,
            LongSupplier nanoTime) {
        this.app = app;
        this.name = name;
        this.lines = new AppEvents(app, source, name, node, time);
        this.notices = new AppEvents(app, brand + "[" + Apptail.PROCESS + "]", "", node, time);
        this.nanoTime = nanoTime;
        this.complaints = new WarningLimit(nanoTime);
        this.bucket = bucket(config);
    }

    private LeakyBucket bucket(ApptailConfig config) {
        return new LeakyBucket(config.linesBurst(), config.linesPerSecond(), nanoTime);
    }

    /** Has other limits from now on, and an empty bucket. */
    void limit(ApptailConfig config) {
        bucket = bucket(config);
    }

    /** Whether the log may go on after one more event. */
    boolean pour() {
        return bucket.pour(1);
    }

    /** Something of it could be read. */
    void isRead() {
        read = true;
    }

    /**
     * Whether its owner is to be told that it cannot be read: not what an announcement was answered with, and at most once
     * a minute.
     */
    boolean mayComplain() {
        return read && complaints.isDue();
    }

    AppInstance app() {
        return app;
    }

    String name() {
        return name;
    }

    /** Writes its lines. */
    AppEvents lines() {
        return lines;
    }

    /** Writes what apptail says of it among its lines. */
    AppEvents notices() {
        return notices;
    }
}
