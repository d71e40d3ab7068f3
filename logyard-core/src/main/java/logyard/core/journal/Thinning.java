package logyard.core.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import logyard.config.fault.DurableStep;
import logyard.core.event.StreamPositions;

/**
 * Evicts events of some keys from one segment. Where they were are holes, which take no room on the disk; all else stays,
 * at its positions, damaged or not. The segment is written anew beside its place, read through, and put in it. One use,
 * one thread.
 */
final class Thinning {
    /** A segment is not written anew for less than this part of what it was. */
    private static final int WORTH_PARTS = 16;

    /** So long is a hole of those that are too long for one header. */
    private static final int PART_BYTES = RecordHeader.MAX_PAYLOAD_BYTES / 2;

    private final Disk disk;
    private final SegmentList.Entry entry;
    private final Segment segment;
    private final Segment prepared;
    private final HolePlan plan;

    private Thinning(Disk disk, SegmentList.Entry entry, HolePlan plan) {
        this.disk = disk;
        this.entry = entry;
        this.segment = entry.segment();
        this.prepared = new Segment(prepared(segment.file()), segment.base());
        this.plan = plan;
    }

    /** Where a segment is written anew; what is there at a start is of no use. */
    static Path prepared(Path file) {
        return file.resolveSibling(file.getFileName() + ".thinned");
    }

    /**
     * Evicts events from a segment that nothing is appended to any more, the oldest first.
     *
     * @param summary of the segment
     * @param most how many bytes of each key
     * @return the summary it has now; empty if it is as it was, as too little would become free
     * @throws IOException if it cannot be done; the segment is as it was then, or it is done and there is no summary
     */
    static Optional<SegmentSummary> run(
            Disk disk, SegmentList.Entry entry, SegmentSummary summary, Map<String, Long> most) throws IOException {
        HolePlan plan = HolePlan.of(disk, entry, most);
        long freed = plan.holeBytes(entry.segment().base()) - entry.holeBytes();
        if (freed < worth(entry)) {
            return Optional.empty();
        }
        return Optional.of(new Thinning(disk, entry, plan).run(summary));
    }

    /** How many bytes have to become free for a segment to be written anew. */
    static long worth(SegmentList.Entry entry) {
        return (entry.end() - entry.segment().base()) / WORTH_PARTS;
    }

    private SegmentSummary run(SegmentSummary summary) throws IOException {
        try (FileChannel source = disk.open(segment.file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            write(source);
            SegmentSummary thinned = check(summary);
            takePlace(thinned.holeBytes());
            source.truncate(0); // a reader that lags must not keep the room taken
            thinned.write(segment);
            return thinned;
        } finally {
            Files.deleteIfExists(prepared.file());
        }
    }

    private void write(FileChannel source) throws IOException {
        long base = segment.base();
        try (FileChannel channel = disk.open(
                prepared.file(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            var target = new SparseFile(channel);
            long at = base;
            for (HolePlan.Hole hole : plan.holes()) {
                target.copy(source, segment.file(), at - base, hole.from() - base, at - base);
                writeHole(target, hole);
                at = hole.to();
            }
            target.copy(source, segment.file(), at - base, entry.end() - base, at - base);
            target.extendTo(entry.end() - base);
            channel.force(true);
        }
    }

    private void writeHole(SparseFile target, HolePlan.Hole hole) throws IOException {
        var header = new RecordHeader();
        long at = hole.from();
        while (at < hole.to()) {
            long left = hole.to() - at - RecordHeader.BYTES;
            int bytes = left > RecordHeader.MAX_PAYLOAD_BYTES ? PART_BYTES : (int) left;
            target.write(header.ofEvicted(at, bytes), at - segment.base());
            at += RecordHeader.BYTES + bytes;
        }
    }

    /** Reads through what was written; what its summary is. */
    private SegmentSummary check(SegmentSummary summary) throws IOException {
        var scan = new SegmentScan(new StreamPositions());
        var damagedBytes = new AtomicLong();
        scan.read(
                disk,
                new SegmentList.Entry(prepared, entry.end()),
                (in, from, to) -> damagedBytes.addAndGet(to - from));
        if (scan.records() != plan.keptRecords() || damagedBytes.get() != plan.damagedBytes()) {
            throw new IOException("of " + plan.keptRecords() + " records only " + scan.records()
                    + " can be read back from " + prepared.file());
        }
        SegmentSummary found = scan.contents().summary(segment.base(), entry.end());
        Map<String, Long> evicted = new HashMap<>(summary.evicted());
        plan.evicted().forEach((key, events) -> evicted.merge(key, events, Long::sum));
        return summary.thinned(found.bytes(), evicted, found.holeBytes());
    }

    /** Without a summary in between: it would say of holes that they are records, or of records that they are holes. */
    private void takePlace(long holeBytes) throws IOException {
        Files.deleteIfExists(segment.summaryFile());
        disk.syncFolder(segment.file().resolveSibling(""));
        Files.move(
                prepared.file(), segment.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        entry.replaced(holeBytes);
        DurableStep.SEGMENT_THINNED.done();
        disk.syncFolder(segment.file().resolveSibling(""));
    }
}
