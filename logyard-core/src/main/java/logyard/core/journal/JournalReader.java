package logyard.core.journal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads records one after the other from a position on. One thread.
 *
 * <p>Damaged records are passed over and reported; so are segments that are gone. Holds a descriptor while it is within
 * a segment, so that a segment removed meanwhile is read to its end.
 */
public final class JournalReader implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 << 10;

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final SegmentList segments;
    private final DamageCounter damage;
    private ByteBuffer buffer = EMPTY;
    private long bufferPosition;
    private @Nullable Segment segment;
    private @Nullable FileChannel channel;
    private long position;

    JournalReader(SegmentList segments, DamageCounter damage, long position) {
        this.segments = segments;
        this.damage = damage;
        this.position = position;
    }

    /** The position of the record that {@link #next} returns, unless what is there is damaged or gone. */
    public long position() {
        return position;
    }

    /**
     * The next record before {@code limit}, which is at most the journal's {@link Journal#flushedEnd}; empty if there is
     * none, and {@link #position} is then {@code limit}.
     */
    public Optional<JournalRecord> next(long limit) throws IOException {
        while (position < limit) {
            if (!enterSegment()) {
                position = limit;
                return Optional.empty();
            }
            long end = Math.min(limit, segmentEnd());
            Optional<JournalRecord> record = nextInSegment(end);
            if (record.isPresent()) {
                return record;
            }
            position = Math.max(position, end);
        }
        return Optional.empty();
    }

    /** Opens the segment that holds the position, or else the next one; false if there is none. */
    private boolean enterSegment() throws IOException {
        Segment current = segment;
        if (current == null || position < current.base() || position >= segmentEnd()) {
            Optional<Segment> found = segments.at(position).map(SegmentList.Listed::segment);
            if (found.isEmpty()) {
                return false;
            }
            if (!found.get().equals(current)) {
                close();
                channel = found.get().openToRead();
                segment = found.get();
            }
        }
        Segment entered = requireNonNull(segment);
        position = Math.max(position, entered.firstRecord());
        return true;
    }

    private long segmentEnd() throws IOException {
        Segment entered = requireNonNull(segment);
        OptionalLong end = segments.endOf(entered);
        return end.isPresent()
                ? end.getAsLong()
                : entered.base() + requireNonNull(channel).size();
    }

    private Optional<JournalRecord> nextInSegment(long end) throws IOException {
        while (position + RecordFormat.HEADER_BYTES < end) {
            int offset = load(RecordFormat.HEADER_BYTES, end);
            if (offset >= 0 && RecordFormat.isPlausible(buffer, offset)) {
                int size = RecordFormat.size(buffer, offset);
                offset = position + size <= end ? load(size, end) : -1;
                if (offset >= 0 && RecordFormat.isIntact(buffer, offset)) {
                    var record = new JournalRecord(
                            position,
                            position + size,
                            RecordFormat.timeNanos(buffer, offset),
                            RecordFormat.payload(buffer, offset));
                    position += size;
                    return Optional.of(record);
                }
            }
            long from = position;
            position = findIntact(position + 1, end);
            damage.add(requireNonNull(segment), from, position);
        }
        return Optional.empty();
    }

    /** The next position at which an undamaged record begins; {@code end} if there is none. */
    private long findIntact(long from, long end) throws IOException {
        for (position = from; position + RecordFormat.HEADER_BYTES < end; position++) {
            int offset = load(RecordFormat.HEADER_BYTES, end);
            if (offset < 0) {
                return end;
            }
            if (RecordFormat.isPlausible(buffer, offset) && position + RecordFormat.size(buffer, offset) <= end) {
                offset = load(RecordFormat.size(buffer, offset), end);
                if (offset >= 0 && RecordFormat.isIntact(buffer, offset)) {
                    return position;
                }
            }
        }
        return end;
    }

    /** Makes sure that {@code count} bytes from the position on are in the buffer; where, or -1 if there are fewer. */
    private int load(int count, long end) throws IOException {
        if (position < bufferPosition || position + count > bufferPosition + buffer.limit()) {
            if (buffer.capacity() < count) {
                buffer = ByteBuffer.allocate(Math.max(count, CHUNK_BYTES));
            }
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
            fill(position - requireNonNull(segment).base());
            buffer.flip();
            bufferPosition = position;
        }
        return buffer.limit() - (position - bufferPosition) < count ? -1 : (int) (position - bufferPosition);
    }

    private void fill(long fileOffset) throws IOException {
        FileChannel file = requireNonNull(channel);
        while (buffer.hasRemaining() && file.read(buffer, fileOffset + buffer.position()) >= 0) {
            // until the buffer is full or the file ends
        }
    }

    /** Gives the descriptor back; reading may go on, and opens it again. */
    @Override
    public void close() throws IOException {
        buffer = EMPTY;
        bufferPosition = 0;
        segment = null;
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
