package logyard.apptail;

import java.nio.charset.StandardCharsets;
import logyard.core.event.AppEvents;
import logyard.core.event.BatchBuilder;
import logyard.core.event.BatchFrame;
import logyard.core.event.StreamId;

/** Writes the lines of one file into batches. On the thread {@code tail}. */
final class StreamWriter {
    private final StreamId id;
    private BatchBuilder batch;
    private long end;

    /** @param start where the file's first line to be published begins */
    StreamWriter(StreamId id, long start) {
        this.id = id;
        this.batch = new BatchBuilder(Apptail.PROCESS, id, start);
        this.end = start;
    }

    /** Adds a line that ends at {@code endOffset} of the file, with whatever was left out before it. */
    void add(AppEvents events, byte[] buffer, int offset, int length, long endOffset) {
        events.append(buffer, offset, length, batch.event());
        batch.endEvent(endOffset);
        end = endOffset;
    }

    /** Adds a text that stands for all that is before {@code endOffset}. */
    void add(AppEvents events, String text, long endOffset) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        add(events, utf8, 0, utf8.length, endOffset);
    }

    /** Whether an event that ends at {@code endOffset} is too far from the one before it to be in the same batch. */
    boolean isTooFar(long endOffset) {
        return endOffset - end > Integer.MAX_VALUE;
    }

    /** Goes on behind a part of the file that is left out. */
    void skipTo(long offset) {
        batch = new BatchBuilder(Apptail.PROCESS, id, offset);
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
