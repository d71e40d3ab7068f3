package logyard.core.bus;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import logyard.core.event.BatchFrame;
import logyard.core.event.StreamId;
import logyard.core.event.StreamPositions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets each event of a stream pass once and in order: cuts off repeats, and refuses what comes after a gap. One thread.
 *
 * <p>After a gap nothing of that client passes until the missing batch has come again, so that the order between its
 * streams (a file, and the one that followed it) is kept. If that takes longer than {@link #GAP_PATIENCE}, the client was
 * replaced, and its other streams go on. A client that is asked for what is missing and sends what comes behind it
 * {@value #ASKED_ENOUGH} times has it no more: the gap is counted as lost.
 */
final class StreamGate {
    private static final Logger log = LoggerFactory.getLogger(StreamGate.class);

    static final Duration GAP_PATIENCE = Duration.ofSeconds(5);
    static final int ASKED_ENOUGH = 10;

    /** Of so many clients with a gap the one whose gap is oldest is forgotten; a node has a handful. */
    static final int MAX_GAPS = 1000;

    /** Learns what a batch showed; the answers go to the publishers. */
    interface Answers {
        /** Everything up to {@code position} has arrived before. */
        void known(String client, StreamId stream, long position);

        /** Something after {@code position} is missing. */
        void resend(String client, StreamId stream, long position);
    }

    /** Something is missing in {@code stream}, as a batch that begins at {@code shownBy} shows. */
    private record Gap(StreamId stream, long shownBy, long sinceNanos, int asked) {}

    private final StreamPositions positions;
    private final Answers answers;
    private final LongSupplier nanoTime;
    private final Map<String, Gap> gaps = new LinkedHashMap<>() { // by client
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Gap> eldest) {
                    return size() > MAX_GAPS;
                }
            };
    private final IngestCounters counters;
    private final WarningLimit warnings;

    StreamGate(StreamPositions positions, Answers answers, IngestCounters counters, LongSupplier nanoTime) {
        this.positions = positions;
        this.answers = answers;
        this.counters = counters;
        this.nanoTime = nanoTime;
        this.warnings = new WarningLimit(nanoTime);
    }

    /**
     * The part of {@code batch} that comes next in its stream; empty if nothing does. Follow it by {@link #taken} or
     * {@link #notTaken}.
     */
    Optional<BatchFrame> admit(BatchFrame batch) {
        OptionalLong expected = positions.expected(batch.stream());
        if (expected.isPresent() && batch.end() <= expected.getAsLong()) {
            counters.repeatedEvents.add(batch.count());
            answers.known(batch.client(), batch.stream(), expected.getAsLong());
            return Optional.empty();
        }
        Gap gap = gaps.isEmpty() ? null : gaps.get(batch.client());
        boolean ofThisStream = gap != null && gap.stream().equals(batch.stream());
        if (gap != null && !ofThisStream && nanoTime.getAsLong() - gap.sinceNanos() <= GAP_PATIENCE.toNanos()) {
            counters.refusedBatches.increment();
            return Optional.empty();
        }
        long next = expected.orElse(batch.acknowledged());
        if (batch.from() > Math.max(next, batch.acknowledged()) && isRefused(batch, next, ofThisStream ? gap : null)) {
            counters.refusedBatches.increment();
            return Optional.empty();
        }
        if (ofThisStream) {
            gaps.remove(batch.client());
        }
        return Optional.of(pass(batch, next));
    }

    /** Asks for what is missing before {@code batch}, unless its publisher will come to that, or was asked enough. */
    private boolean isRefused(BatchFrame batch, long next, @Nullable Gap gap) {
        if (gap != null && batch.from() > gap.shownBy()) {
            return true;
        }
        if (gap != null && gap.asked() == ASKED_ENOUGH) {
            return false;
        }
        if (gap == null) {
            counters.gaps.increment();
        }
        long since = gap == null ? nanoTime.getAsLong() : gap.sinceNanos();
        int asked = gap == null ? 1 : gap.asked() + 1;
        gaps.put(batch.client(), new Gap(batch.stream(), batch.from(), since, asked));
        answers.resend(batch.client(), batch.stream(), Math.max(next, batch.acknowledged()));
        return true;
    }

    private BatchFrame pass(BatchFrame batch, long next) {
        if (batch.from() > next) { // acknowledged, but not by anything we know; or its publisher has it no more
            counters.lostPositions.add(batch.from() - next);
            if (warnings.isDue()) {
                log.warn("Lost {} to {} of stream {} of {}", next, batch.from(), batch.stream(), batch.client());
            }
        }
        BatchFrame rest = batch.after(next);
        counters.repeatedEvents.add(batch.count() - rest.count());
        return rest;
    }

    /** The batch that was admitted last is stored. */
    void taken(BatchFrame batch) {
        positions.advance(batch.client(), batch.stream(), batch.end());
    }

    /** The batch that was admitted last could not be stored. Its publisher sends it again when it hears nothing. */
    void notTaken(BatchFrame batch) {
        counters.refusedBatches.increment();
        gaps.put(batch.client(), new Gap(batch.stream(), batch.from(), nanoTime.getAsLong(), 0));
    }
}
