package logyard.core.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import logyard.config.fault.DurableStep;

/**
 * Appends records to one segment through a buffer. Not thread-safe; the journal's lock guards it, but for what is said to
 * do without.
 *
 * <p>A write that fails leaves the records in the buffer, to be written again to the same place: a full disk loses
 * nothing and tears nothing.
 */
final class SegmentWriter implements AutoCloseable {
    /** The largest record fits. */
    private static final int BUFFER_BYTES = RecordHeader.MAX_PAYLOAD_BYTES + (64 << 10);

    private static final int REWRITE_BYTES = 64 << 10;

    /** So much is not left in the buffer, where a kill takes it away, and drains may have got it; unless the disk is full. */
    private static final int BUFFERED_BYTES = 256 << 10;

    private final Segment segment;
    private final FileChannel channel;
    private final ByteBuffer buffer;
    private final RecordHeader header = new RecordHeader();
    private long flushedEnd;
    private boolean writeFailed;

    // Of the thread that syncs:
    private long forcedEnd;
    private boolean forceFailed;

    private SegmentWriter(Segment segment, FileChannel channel, ByteBuffer buffer, long end) {
        this.segment = segment;
        this.channel = channel;
        this.buffer = buffer;
        this.flushedEnd = end;
        this.forcedEnd = end;
    }

    /** Begins the first segment. */
    static SegmentWriter create(Disk disk, Segment segment) throws IOException {
        return create(disk, segment, ByteBuffer.allocateDirect(BUFFER_BYTES));
    }

    /** Goes on behind the last record of a segment, or what is left of it. */
    static SegmentWriter resume(Segment segment, FileChannel channel, long end) {
        return new SegmentWriter(segment, channel, ByteBuffer.allocateDirect(BUFFER_BYTES), end);
    }

    /**
     * Begins the next segment; this one takes no more records from then on. Not to be left until the disk is full: what is
     * buffered has to go into this one first.
     *
     * @throws IOException if what is buffered cannot be written, or the file not made; nothing has changed then
     */
    SegmentWriter next(Disk disk) throws IOException {
        flush();
        return create(disk, segment.following(flushedEnd), buffer);
    }

    private static SegmentWriter create(Disk disk, Segment segment, ByteBuffer buffer) throws IOException {
        FileChannel channel = disk.open(
                segment.file(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        DurableStep.SEGMENT_MADE.done();
        buffer.put(segment.header());
        return new SegmentWriter(segment, channel, buffer, segment.base());
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
    void append(boolean batch, byte[] payload, long timeNanos) throws IOException {
        if (buffer.remaining() < RecordHeader.BYTES + payload.length) {
            flush();
        } else if (buffer.position() >= BUFFERED_BYTES && !writeFailed) {
            flushIfPossible();
        }
        buffer.put(header.of(end(), timeNanos, batch, payload)).put(payload);
    }

    private void flushIfPossible() {
        try {
            flush();
        } catch (IOException e) {
            // On a full disk the buffer takes what it can; whoever flushes next is told.
        }
    }

    /** Writes the buffered records to the file. */
    void flush() throws IOException {
        if (buffer.position() > 0) {
            writeFailed = true;
            write(channel, buffer.duplicate().flip(), flushedEnd - segment.base());
            writeFailed = false;
            DurableStep.RECORDS_WRITTEN.done();
            flushedEnd += buffer.position();
            buffer.clear();
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Makes what was flushed up to {@code end} safe from a power failure. One thread at a time, without the lock. */
    void force(long end) throws IOException {
        if (end > forcedEnd) {
            forceFailed = true;
            force(segment, channel, false, forcedEnd, end);
            DurableStep.RECORDS_SYNCED.done();
            forceFailed = false;
            forcedEnd = end;
        }
    }

    /** Whether the last {@link #force} failed: {@link #rewrite} before the next one. */
    boolean forceFailed() {
        return forceFailed;
    }

    /** Up to where the file was forced. */
    long forcedEnd() {
        return forcedEnd;
    }

    /** Writes again what was flushed up to {@code end} and not forced. */
    void rewrite(long end) throws IOException {
        rewrite(segment, channel, forcedEnd, end);
    }

    /**
     * Makes a part of a segment safe from a power failure. After a force that failed, the
     * kernel takes the pages it could not write for written, and another force would succeed without writing them, be it
     * in this process or in the next: so they are written to the file again at once.
     */
    static void force(Segment segment, FileChannel channel, boolean metaData, long from, long to) throws IOException {
        try {
            channel.force(metaData);
        } catch (IOException e) {
            try {
                rewrite(segment, channel, from, to);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private static void rewrite(Segment segment, FileChannel channel, long from, long to) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(REWRITE_BYTES);
        for (long at = from; at < to; at += part.limit()) {
            part.clear().limit((int) Math.min(REWRITE_BYTES, to - at));
            while (part.hasRemaining()) {
                if (channel.read(part, at - segment.base() + part.position()) < 0) {
                    throw new EOFException(segment.file() + " is shorter than what was written to it");
                }
            }
            write(channel, part.flip(), at - segment.base());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
