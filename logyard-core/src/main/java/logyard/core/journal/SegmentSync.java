package logyard.core.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import logyard.config.fault.DurableStep;
import logyard.core.event.StreamPositions.StreamPosition;

/**
 * Makes segments safe from a power failure, and writes the summaries of those that are complete. What takes long is done
 * without the journal's lock, by one thread at a time.
 */
final class SegmentSync implements AutoCloseable {
    private final Disk disk;
    private final Path folder;
    private final SegmentList segments;
    private final List<Complete> complete = new ArrayList<>(); // guarded by itself
    private Segment named; // the newest one whose name in the folder is safe
    private volatile long syncedEnd;

    /** A segment that nothing is appended to any more, and what its summary and the checkpoint behind it will say. */
    record Complete(SegmentWriter writer, long end, SegmentContents contents, List<StreamPosition> streams) {
        Segment segment() {
            return writer.segment();
        }
    }

    /** @param recovered the active segment, which is safe as far as it is flushed */
    SegmentSync(Disk disk, Path folder, SegmentList segments, SegmentWriter recovered) {
        this.disk = disk;
        this.folder = folder;
        this.segments = segments;
        this.named = recovered.segment();
        this.syncedEnd = recovered.flushedEnd();
    }

    /** Takes over a segment. */
    void add(Complete segment) {
        synchronized (complete) {
            complete.add(segment);
        }
    }

    /** The segments that are not safe, or whose summary is not written. */
    List<Complete> complete() {
        synchronized (complete) {
            return List.copyOf(complete);
        }
    }

    /** Up to where everything is safe. */
    long syncedEnd() {
        return syncedEnd;
    }

    /** Makes everything up to {@code end} safe, which lies in some complete segments and the active one. */
    void sync(List<Complete> before, SegmentWriter active, long end) throws IOException {
        for (Complete segment : before) {
            force(segment.writer(), segment.end());
            segment.writer().close();
        }
        if (!active.segment().equals(named)) {
            disk.syncFolder(folder);
            DurableStep.SEGMENT_NAMED.done();
            named = active.segment();
        }
        force(active, end);
        syncedEnd = end;
    }

    private void force(SegmentWriter segment, long to) throws IOException {
        if (segment.forceFailed()) {
            segment.rewrite(to);
            checkUndamaged(segment.forcedEnd(), to);
        }
        segment.force(to);
    }

    /** What the disk lost after it had taken it must not be acknowledged, whatever a later sync says. */
    private void checkUndamaged(long from, long to) throws IOException {
        var lost = new DamageCounter();
        try (var reader = new JournalReader(disk, segments, lost, () -> to, from)) {
            while (reader.next(to).isPresent()) {
                // only what is passed over matters
            }
        }
        if (lost.bytes() > 0) {
            throw new IOException("the disk has lost " + lost.bytes() + " bytes behind position " + from);
        }
    }

    /**
     * Writes the summaries of complete segments that are safe.
     *
     * @return whether there were any
     */
    boolean seal() throws IOException {
        List<Complete> safe = where(segment -> segment.end() <= syncedEnd);
        for (Complete next : safe) {
            next.contents().summary(next.segment().base(), next.end()).write(next.segment());
            new StreamCheckpoint(next.end(), next.streams()).write(folder);
            drop(next);
        }
        return !safe.isEmpty();
    }

    /** Lets go of segments that were removed. */
    void dropRemoved() throws IOException {
        for (Complete removed : where(segment -> !segments.contains(segment.segment()))) {
            drop(removed);
        }
    }

    /** Lets go of all segments, be they safe or not. */
    @Override
    public void close() throws IOException {
        for (Complete segment : complete()) {
            drop(segment);
        }
    }

    private List<Complete> where(Predicate<Complete> condition) {
        return complete().stream().filter(condition).toList();
    }

    private void drop(Complete segment) throws IOException {
        synchronized (complete) {
            complete.remove(segment);
        }
        segment.writer().close();
    }
}
