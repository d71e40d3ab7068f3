package logyard.core.bus;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import logyard.core.event.BatchFrame;
import logyard.core.event.StreamId;
import logyard.core.event.StreamPositions;

/**
 * Lets each event of a stream pass once and in order: cuts off repeats, and refuses what comes after a gap. One thread.
 *
 * <p>After a gap nothing of that client passes until the missing batch has come again, so that the order between its
 * streams (a file, and the one that followed it) is kept. If it does not come within {@link #GAP_PATIENCE}, the client
 * was replaced or gave up, and its other streams go on.
 */
final class StreamGate {
    static final Duration GAP_PATIENCE = Duration.ofSeconds(5);

    /** Learns what a batch showed; the answers go to the publishers. */
    interface Answers {
        /** Everything up to {@code position} has arrived before. */
        void known(String client, StreamId stream, long position);

        /** Something after {@code position} is missing. */
        void resend(String client, StreamId stream, long position);
    }

    private record Gap(StreamId stream, long position, long sinceNanos) {}

    private final StreamPositions positions;
    private final Answers answers;
    private final LongSupplier nanoTime;
    private final Map<String, Gap> gaps = new HashMap<>();
    private final LongAdder repeatedEvents = new LongAdder();
    private final LongAdder refusedBatches = new LongAdder();
    private final LongAdder lostPositions = new LongAdder();

    StreamGate(StreamPositions positions, Answers answers, LongSupplier nanoTime) {
        this.positions = positions;
        this.answers = answers;
        this.nanoTime = nanoTime;
    }

    /** The part of {@code batch} that comes next in its stream; empty if nothing does. Follow it by {@link #taken}. */
    Optional<BatchFrame> admit(BatchFrame batch) {
        StreamId stream = batch.stream();
        OptionalLong expected = positions.expected(stream);
        if (expected.isPresent() && batch.end() <= expected.getAsLong()) {
            repeatedEvents.add(batch.count());
            answers.known(batch.client(), stream, expected.getAsLong());
            return Optional.empty();
        }
        if (isBlocked(batch)) {
            refusedBatches.increment();
            return Optional.empty();
        }
        long next = expected.orElse(batch.acknowledged());
        if (batch.from() > next && batch.from() > batch.acknowledged()) {
            refuse(batch, Math.max(next, batch.acknowledged()));
            return Optional.empty();
        }
        gaps.remove(batch.client());
        if (batch.from() > next) { // acknowledged, but not by anything we know: the journal lost it
            lostPositions.add(batch.from() - next);
        }
        BatchFrame rest = batch.after(next);
        repeatedEvents.add(batch.count() - rest.count());
        return Optional.of(rest);
    }

    /** The batch that was admitted last is stored. */
    void taken(BatchFrame batch) {
        positions.advance(batch.client(), batch.stream(), batch.end());
    }

    /** The batch that was admitted last could not be stored: to be sent again later. */
    void notTaken(BatchFrame batch) {
        refuse(batch, batch.from());
    }

    private void refuse(BatchFrame batch, long position) {
        refusedBatches.increment();
        gaps.put(batch.client(), new Gap(batch.stream(), position, nanoTime.getAsLong()));
        answers.resend(batch.client(), batch.stream(), position);
    }

    private boolean isBlocked(BatchFrame batch) {
        if (gaps.isEmpty()) {
            return false;
        }
        Gap gap = gaps.get(batch.client());
        if (gap == null || (gap.stream().equals(batch.stream()) && batch.from() <= gap.position())) {
            return false;
        }
        if (nanoTime.getAsLong() - gap.sinceNanos() > GAP_PATIENCE.toNanos()) {
            gaps.remove(batch.client());
            return false;
        }
        return true;
    }

    long repeatedEvents() {
        return repeatedEvents.sum();
    }

    long refusedBatches() {
        return refusedBatches.sum();
    }

    /** How much of the streams, in their own positions (bytes of a file), had been acknowledged and is gone. */
    long lostPositions() {
        return lostPositions.sum();
    }
}
