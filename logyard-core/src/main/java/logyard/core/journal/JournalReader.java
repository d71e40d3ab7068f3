package logyard.core.journal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.LongSupplier;
import logyard.core.event.BatchFrame;
import org.jspecify.annotations.Nullable;

/**
 * Reads records one after the other from a position on. One thread.
 *
 * <p>Damaged records are passed over and counted, and segments that are gone are passed over, as is what was evicted from
 * a segment. Batches of a later version
 * of Logyard are counted, too, and returned. A position within a record
 * means the record behind it. While it is within a segment it holds a descriptor and 32 KiB: {@link #close} it when there
 * is nothing to read for a while.
 */
public final class JournalReader implements AutoCloseable {
    /** Learns of what is passed over because it is damaged. */
    interface Damage {
        void add(Segment segment, long from, long to);

        /** A record is whole, but a later version of Logyard wrote what is in it. */
        default void addUnreadable(Segment segment, long position) {}
    }

    /** Knows of segments that need not be read. */
    interface Passing {
        boolean passes(SegmentList.Entry segment);
    }

    private final Disk disk;
    private final SegmentList segments;
    private final Damage damage;
    private final Passing passing;
    private final LongSupplier flushedEnd;
    private final RecordHeader header = new RecordHeader();
    private @Nullable SegmentReader open;
    private long position;
    private boolean mayBeInHole;
    private long evictedBytes;
    private long holeBytes;

    JournalReader(Disk disk, SegmentList segments, Damage damage, LongSupplier flushedEnd, long position) {
        this(disk, segments, damage, segment -> false, flushedEnd, position);
    }

    JournalReader(
            Disk disk, SegmentList segments, Damage damage, Passing passing, LongSupplier flushedEnd, long position) {
        this.disk = disk;
        this.segments = segments;
        this.damage = damage;
        this.passing = passing;
        this.flushedEnd = flushedEnd;
        this.position = position;
    }

    /** The position of the record that {@link #next} returns, unless what is there is damaged or gone. */
    public long position() {
        return position;
    }

    /** How many bytes this has passed over because they were evicted from segments that are there. */
    public long evictedBytes() {
        return evictedBytes;
    }

    /** How many of them take no room on the disk. */
    long holeBytes() {
        return holeBytes;
    }

    /** Goes on at {@code to}, if that is further on. */
    public void skip(long to) {
        position = Math.max(position, to);
    }

    /**
     * The next record that begins before {@code limit} and was flushed; empty if there is none, and {@link #position} is
     * then no longer before either.
     *
     * @throws IOException if the disk cannot be read; calling again tries again
     */
    public Optional<JournalRecord> next(long limit) throws IOException {
        long available = flushedEnd.getAsLong();
        long until = Math.min(limit, available);
        try {
            while (position < until) {
                if (enterSegment(until)) {
                    SegmentReader segment = requireNonNull(open);
                    long end = Math.min(available, segment.entry().end());
                    Optional<JournalRecord> record = nextIn(segment, Math.min(until, end), end);
                    if (record.isPresent()) {
                        return record;
                    }
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        return Optional.empty();
    }

    /** Goes to the segment that holds the position, or else to the next one; false if that is no longer there. */
    private boolean enterSegment(long until) throws IOException {
        if (open == null || !open.entry().holds(position) || !open.isCurrent()) {
            Optional<SegmentList.Entry> found = segments.at(position);
            close();
            if (found.isEmpty()) {
                position = until;
                return false;
            }
            SegmentList.Entry entry = found.get();
            position = Math.max(position, entry.segment().base());
            if (entry.isSealed() && passing.passes(entry)) {
                position = entry.end();
                return false;
            }
            try {
                open = SegmentReader.open(disk, entry);
                mayBeInHole = true;
            } catch (NoSuchFileException e) {
                if (segments.contains(entry.segment())) { // removed, but not by the journal
                    long end = Math.min(entry.end(), until);
                    damage.add(entry.segment(), position, end);
                    position = end;
                }
                return false;
            }
        }
        position = Math.max(position, requireNonNull(open).entry().segment().firstRecord());
        return true;
    }

    private Optional<JournalRecord> nextIn(SegmentReader segment, long until, long end) throws IOException {
        while (position < until && segment.isCurrent()) {
            if (!hasHeader(segment, end)) {
                if (!leaveHole(segment, end)) {
                    passOver(segment, findHeader(segment, end));
                }
                continue;
            }
            long next = position + RecordHeader.BYTES + header.length();
            if (header.isEvicted()) {
                passEvicted(segment, Math.min(next, end));
                continue;
            }
            if (next <= end) {
                byte[] payload = new byte[header.length()];
                if (segment.read(position + RecordHeader.BYTES, payload) && header.describes(payload)) {
                    if (!BatchFrame.isOfKnownVersion(payload)) {
                        damage.addUnreadable(segment.entry().segment(), position);
                    }
                    var record = new JournalRecord(position, next, header.timeNanos(), payload);
                    position = next;
                    return Optional.of(record);
                }
            }
            passOver(segment, Math.min(next, end)); // the header is good, so nothing else begins before that
        }
        return Optional.empty();
    }

    private boolean hasHeader(SegmentReader segment, long end) throws IOException {
        return hasHeader(segment, position, end);
    }

    private boolean hasHeader(SegmentReader segment, long at, long end) throws IOException {
        int offset = segment.load(at, RecordHeader.BYTES, end);
        return offset >= 0 && header.read(segment.buffer(), offset, at);
    }

    /**
     * Goes behind the hole that the position is in, as it is where a record was evicted; false if it is in none. Only the
     * records from the segment's first one on can tell, and only who has just come is in one.
     */
    private boolean leaveHole(SegmentReader segment, long end) throws IOException {
        if (!mayBeInHole) {
            return false;
        }
        mayBeInHole = false;
        long at = segment.entry().segment().firstRecord();
        boolean evicted = false;
        while (at < position && hasHeader(segment, at, end)) {
            at += RecordHeader.BYTES + header.length();
            evicted = header.isEvicted();
        }
        boolean isInHole = evicted && at > position && at <= end;
        if (isInHole) {
            passEvicted(segment, at);
        }
        return isInHole;
    }

    private void passEvicted(SegmentReader segment, long to) {
        long base = segment.entry().segment().base();
        evictedBytes += to - position;
        holeBytes += SparseFile.holeBytes(position + RecordHeader.BYTES - base, to - base);
        position = to;
    }

    /** Where the next record behind the position begins that still has its header; {@code end} if there is none. */
    private long findHeader(SegmentReader segment, long end) throws IOException {
        for (long at = position + 1; at + RecordHeader.BYTES <= end; at++) {
            int offset = segment.load(at, RecordHeader.BYTES, end);
            if (offset < 0) {
                return end;
            }
            if (header.read(segment.buffer(), offset, at)) {
                return at;
            }
        }
        return end;
    }

    private void passOver(SegmentReader segment, long to) {
        SegmentList.Entry entry = segment.entry();
        if (!segment.isCurrent()) {
            return; // to be read from the file that took its place
        }
        if (segments.contains(entry.segment())) {
            damage.add(entry.segment(), position, to);
            position = to;
        } else {
            position = entry.end(); // removed meanwhile, not damaged
        }
    }

    /** Gives the descriptor and the buffer back; reading may go on, and opens it again. */
    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
