package logyard.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Appends records to one segment through a buffer. Not thread-safe; the journal's lock guards it.
 *
 * <p>A write that fails leaves the records in the buffer, to be written again to the same place: a full disk loses
 * nothing and tears nothing.
 */
final class SegmentWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Segment segment;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long flushedEnd;

    /** @param end the position behind the last record, where appending goes on */
    SegmentWriter(Segment segment, FileChannel channel, long end) {
        this.segment = segment;
        this.channel = channel;
        this.flushedEnd = end;
    }

    Segment segment() {
        return segment;
    }

    /** Where the next record will begin. */
    long end() {
        return flushedEnd + buffer.position();
    }

    /** Up to where everything is in the file. */
    long flushedEnd() {
        return flushedEnd;
    }

    /**
     * Appends a record.
     *
     * @throws IOException if there is no room in the buffer and it cannot be written; nothing was appended then
     */
    void append(byte kind, byte[] payload, long timeNanos) throws IOException {
        if (buffer.remaining() < RecordFormat.HEADER_BYTES + payload.length) {
            flush();
        }
        if (buffer.remaining() >= RecordFormat.HEADER_BYTES + payload.length) {
            RecordFormat.putHeader(buffer, timeNanos, kind, payload);
            buffer.put(payload);
        } else {
            appendLarge(kind, payload, timeNanos);
        }
    }

    private void appendLarge(byte kind, byte[] payload, long timeNanos) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(RecordFormat.HEADER_BYTES + payload.length);
        RecordFormat.putHeader(record, timeNanos, kind, payload);
        record.put(payload).flip();
        write(record);
        flushedEnd += record.limit();
    }

    /** Writes the buffered records to the file. */
    void flush() throws IOException {
        if (buffer.position() > 0) {
            write(buffer.duplicate().flip());
            flushedEnd += buffer.position();
            buffer.clear();
        }
    }

    private void write(ByteBuffer records) throws IOException {
        long offset = flushedEnd - segment.base();
        while (records.hasRemaining()) {
            offset += channel.write(records, offset);
        }
    }

    /** Makes what was flushed safe from a power failure. May be called without the journal's lock. */
    void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
