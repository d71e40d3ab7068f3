package logyard.systail;

import logyard.core.event.BatchBuilder;
import logyard.core.event.BatchFrame;
import logyard.core.event.StreamId;
import logyard.core.event.SystailEvents;

/** Writes the lines of one stream into batches. On the thread {@code tail}. */
final class StreamWriter {
    private final String client;
    private final StreamId id;
    private final SystailEvents events;
    private BatchBuilder batch;
    private long end;

    /** @param start where the stream's first line begins */
    StreamWriter(String client, StreamId id, SystailEvents events, long start) {
        this.client = client;
        this.id = id;
        this.events = events;
        this.batch = new BatchBuilder(client, id, start);
        this.end = start;
    }

    /** Adds a line that ends at {@code endOffset} of the file, with whatever was skipped before it. */
    void add(byte[] buffer, int offset, int length, long endOffset) {
        events.append(buffer, offset, length, batch.event());
        batch.endEvent(endOffset);
        end = endOffset;
    }

    /** Whether a line that ends at {@code endOffset} is too far from the one before it to be in the same batch. */
    boolean isTooFar(long endOffset) {
        return endOffset - end > Integer.MAX_VALUE;
    }

    /** Goes on behind a part of the file that was skipped. */
    void skipTo(long offset) {
        batch = new BatchBuilder(client, id, offset);
        end = offset;
    }

    boolean isEmpty() {
        return batch.count() == 0;
    }

    int bytes() {
        return batch.length();
    }

    /** What was added since the last call. */
    BatchFrame finish() {
        return batch.finish();
    }
}
