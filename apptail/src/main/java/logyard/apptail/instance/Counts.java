package logyard.apptail.instance;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What was heard of instances since the start. Any thread may count, and read. */
public final class Counts {
    private final LongAdder announced = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private final AtomicLong instances = new AtomicLong();

    void announced() {
        announced.increment();
    }

    void repeated() {
        repeated.increment();
    }

    void refused() {
        refused.increment();
    }

    void malformed() {
        malformed.increment();
    }

    void dropped() {
        dropped.increment();
    }

    void ended() {
        ended.increment();
    }

    void missed() {
        missed.increment();
    }

    void instances(int now) {
        instances.set(now);
    }

    /** Instances that were announced for the first time. */
    public long newInstances() {
        return announced.sum();
    }

    /** Announcements of instances that were known. */
    public long repeatedAnnouncements() {
        return repeated.sum();
    }

    /** Announcements of instances that may not be followed: their root is not allowed, or there are too many. */
    public long refusedAnnouncements() {
        return refused.sum();
    }

    /** Messages that could not be understood. */
    public long malformedMessages() {
        return malformed.sum();
    }

    /** How often messages were dropped as too many came at once; they are asked for again. */
    public long droppedMessages() {
        return dropped.sum();
    }

    /** Instances that ended, with everything read. */
    public long endedInstances() {
        return ended.sum();
    }

    /** Instances whose files were gone before their announcement was heard. */
    public long missedInstances() {
        return missed.sum();
    }

    /** Instances that are followed now. */
    public long followedInstances() {
        return instances.get();
    }
}
