package logyard.core.bus;

import java.util.concurrent.atomic.LongAdder;

/** What became of what came in over the bus, since the start. Any thread. */
public final class IngestCounters {
    final LongAdder framesIn = new LongAdder();
    final LongAdder framesOut = new LongAdder();
    final LongAdder subscriberGaps = new LongAdder();
    final LongAdder batches = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder malformedFrames = new LongAdder();
    final LongAdder overflowedFrames = new LongAdder();
    final LongAdder unstoredEvents = new LongAdder();
    final LongAdder repeatedEvents = new LongAdder();
    final LongAdder refusedBatches = new LongAdder();
    final LongAdder lostPositions = new LongAdder();
    volatile int subscribedPrefixes;

    /** Frames received, whatever became of them. */
    public long framesIn() {
        return framesIn.sum();
    }

    /** Batches among the frames received, whatever became of them. */
    public long batches() {
        return batches.sum();
    }

    /** How often a publisher was found to have left something out, and was asked for it. */
    public long gaps() {
        return gaps.sum();
    }

    /** Single frames sent to local subscribers, before a slow one's were dropped. */
    public long framesOut() {
        return framesOut.sum();
    }

    /**
     * How often a local subscriber did not keep up: frames for it were dropped until it had read half of those that
     * waited for it. Two who fall behind with the same frame count as one.
     */
    public long subscriberGaps() {
        return subscriberGaps.sum();
    }

    /** Frames that were dropped because they were no events. */
    public long malformedFrames() {
        return malformedFrames.sum();
    }

    /**
     * Frames that were dropped because too much waited to be taken. Batches among them come again; single events are
     * lost.
     */
    public long overflowedFrames() {
        return overflowedFrames.sum();
    }

    /** Single events that were lost because the journal could not store them. */
    public long unstoredEvents() {
        return unstoredEvents.sum();
    }

    /** Events of batches that came again and were not handed on again. */
    public long repeatedEvents() {
        return repeatedEvents.sum();
    }

    /** Batches that were refused for now, behind a gap or while the journal could not store them. */
    public long refusedBatches() {
        return refusedBatches.sum();
    }

    /** How much of the streams, in their own positions (bytes of a file), is gone for good. */
    public long lostPositions() {
        return lostPositions.sum();
    }

    /** How many different prefixes local subscribers want just now. */
    public int subscribedPrefixes() {
        return subscribedPrefixes;
    }
}
