package logyard.cloudevents;

import java.util.concurrent.atomic.LongAdder;

/** What cloud_events has done since its start. Any thread. */
public final class Counts {
    private final LongAdder lines = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    Counts() {}

    void line() {
        lines.increment();
    }

    void event() {
        events.increment();
    }

    void malformedLine() {
        malformed.increment();
    }

    void failedLine() {
        failed.increment();
    }

    void droppedEvent() {
        dropped.increment();
    }

    /** Lines that came, those of its own log left out. */
    public long lines() {
        return lines.sum();
    }

    /** Events that were made and handed on. */
    public long events() {
        return events.sum();
    }

    /** Lines that were none that systail would send. */
    public long malformed() {
        return malformed.sum();
    }

    /** Lines that a spec recognised, but could not make an event of. */
    public long failed() {
        return failed.sum();
    }

    /** Events that were made while too many waited for the core already, or that are too large. */
    public long dropped() {
        return dropped.sum();
    }
}
