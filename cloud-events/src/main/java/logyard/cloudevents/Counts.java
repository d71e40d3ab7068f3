package logyard.cloudevents;

import java.util.concurrent.atomic.LongAdder;
import logyard.core.bus.Missed;

/** What cloud_events has done since its start. Any thread. */
public final class Counts {
    private final LongAdder lines = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    private final LongAdder evicted = new LongAdder();
    private final LongAdder damaged = new LongAdder();
    private final LongAdder unstored = new LongAdder();

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

    void lost(Missed lines) {
        evicted.add(lines.evicted());
        damaged.add(lines.damaged());
        unstored.add(lines.unstored());
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

    /** Lines that left the journal, to make room, before they were read. */
    public long evicted() {
        return evicted.sum();
    }

    /** Lines that were damaged in the journal. */
    public long damaged() {
        return damaged.sum();
    }

    /** Lines that never got into the journal. */
    public long unstored() {
        return unstored.sum();
    }

    /** Events that were made and are too large. */
    public long dropped() {
        return dropped.sum();
    }
}
