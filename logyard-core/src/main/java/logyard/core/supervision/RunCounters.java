package logyard.core.supervision;

import java.util.concurrent.atomic.LongAdder;
import logyard.core.drain.MessageFormat.UnformattableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the runs of one drain did since this process started it, beside the account of its events. Any thread. */
final class RunCounters {
    private static final Logger log = LoggerFactory.getLogger(RunCounters.class);

    private final LongAdder bytesWritten = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder unformattable = new LongAdder();

    void written(long bytes) {
        bytesWritten.add(bytes);
    }

    /** These events were written, whether or not they arrived, and will be written again. */
    void repeated(long events) {
        repeated.add(events);
    }

    /** So often more the target's node said that nobody took what was sent. */
    void refused(long times) {
        refusals.add(times);
    }

    /** The target was opened. */
    void opened() {
        opened.increment();
    }

    /** The target could not be opened, or what was open failed. */
    void failed() {
        failed.increment();
    }

    void unformattable(String drain, UnformattableException why) {
        unformattable.increment();
        if (Long.bitCount(unformattable.sum()) == 1) { // the first, second, fourth, eighth …
            log.warn(
                    "[drain:{}] Dropped an event that has not its format's form: {} ({} such so far)",
                    drain,
                    why.getMessage(),
                    unformattable.sum());
        }
    }

    long bytesWritten() {
        return bytesWritten.sum();
    }

    long opens() {
        return opened.sum();
    }

    long failures() {
        return failed.sum();
    }

    long refusals() {
        return refusals.sum();
    }

    long repeated() {
        return repeated.sum();
    }
}
