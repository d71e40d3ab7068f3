package logyard.core.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import logyard.config.fault.DurableStep;
import logyard.core.event.Events;
import logyard.core.event.KeyTable;
import logyard.core.event.Message;
import logyard.core.event.StreamPositions;

/**
 * Evicts the events of some applications from one segment. Where they were are holes, which take no room on the disk; all
 * else stays, at its positions, damaged or not. The segment is written anew beside its place, read through, and put in
 * it. One use, one thread.
 */
final class Thinning implements AutoCloseable {
    /** Fewer bytes one behind the other stay: at each end of a hole a page is only partly free. */
    private static final int LEAST_HOLE_BYTES = 16 << 10;

    /** So long is a hole of those that are too long for one header. */
    private static final int PART_BYTES = RecordHeader.MAX_PAYLOAD_BYTES / 2;

    private final Disk disk;
    private final SegmentList.Entry entry;
    private final Segment segment;
    private final Segment prepared;
    private final FileChannel source;
    private final FileChannel channel;
    private final SparseFile target;
    private final KeyTable<Boolean> applications = new KeyTable<>();
    private final Events events = new Events();
    private final RecordHeader header = new RecordHeader();
    private long written;
    private long holeFrom;
    private long holeTo;

    private Thinning(Disk disk, SegmentList.Entry entry, Set<String> evicted) throws IOException {
        this.disk = disk;
        this.entry = entry;
        this.segment = entry.segment();
        this.prepared = new Segment(prepared(segment.file()), segment.base());
        this.written = segment.base();
        evicted.forEach(key -> {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            applications.put(bytes, 0, bytes.length, true);
        });
        source = disk.open(segment.file(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            channel = disk.open(
                    prepared.file(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            source.close();
            throw e;
        }
        target = new SparseFile(channel);
    }

    /** Where a segment is written anew; what is there at a start is of no use. */
    static Path prepared(Path file) {
        return file.resolveSibling(file.getFileName() + ".thinned");
    }

    /**
     * Evicts all events of some applications that are in a segment that nothing is appended to any more.
     *
     * @param summary of the segment
     * @param evicted the keys of these applications
     * @return how many bytes of the disk became free
     * @throws IOException if it cannot be done, and then it may be tried again
     */
    static long run(Disk disk, SegmentList.Entry entry, SegmentSummary summary, Set<String> evicted)
            throws IOException {
        long before = entry.bytes();
        try (var thinning = new Thinning(disk, entry, evicted)) {
            thinning.write();
            thinning.takePlace(summary, evicted);
        }
        return before - entry.bytes();
    }

    private void write() throws IOException {
        var alone = new SegmentList();
        alone.add(segment, entry.end());
        long at = segment.firstRecord();
        long evicted = 0;
        try (var reader = new JournalReader(disk, alone, (in, from, to) -> {}, entry::end, at)) {
            for (Optional<JournalRecord> next = reader.next(entry.end());
                    next.isPresent();
                    next = reader.next(entry.end())) {
                JournalRecord record = next.get();
                take(at, record.position(), reader.evictedBytes() - evicted == record.position() - at);
                take(record.position(), record.next(), isEvicted(record.frame()));
                evicted = reader.evictedBytes();
                at = record.next();
            }
            take(at, entry.end(), reader.evictedBytes() - evicted == entry.end() - at);
        }
        endHole();
        copyUpTo(entry.end());
        target.extendTo(entry.end() - segment.base());
        channel.force(true);
    }

    /** Whether all events of a record are of applications whose events are evicted. */
    private boolean isEvicted(byte[] frame) {
        Message message = events.over(frame).message();
        boolean any = false;
        while (events.next()) {
            int start = message.start();
            if (applications.get(frame, start, start + message.keyLength()) == null) {
                return false;
            }
            any = true;
        }
        return any;
    }

    /** Takes in what comes next in the segment. */
    private void take(long from, long to, boolean evicted) throws IOException {
        if (from == to) {
            return;
        }
        if (evicted && holeTo == from) {
            holeTo = to;
        } else if (evicted) {
            endHole();
            holeFrom = from;
            holeTo = to;
        }
    }

    private void endHole() throws IOException {
        if (holeTo - holeFrom < LEAST_HOLE_BYTES) {
            return;
        }
        copyUpTo(holeFrom);
        long at = holeFrom;
        while (at < holeTo) {
            long left = holeTo - at - RecordHeader.BYTES;
            int bytes = left > RecordHeader.MAX_PAYLOAD_BYTES ? PART_BYTES : (int) left;
            target.write(header.ofEvicted(at, bytes), at - segment.base());
            at += RecordHeader.BYTES + bytes;
        }
        written = holeTo;
    }

    private void copyUpTo(long position) throws IOException {
        target.copy(
                source, segment.file(), written - segment.base(), position - segment.base(), written - segment.base());
        written = position;
    }

    private void takePlace(SegmentSummary summary, Set<String> evicted) throws IOException {
        SegmentSummary thinned = read();
        Files.move(
                prepared.file(), segment.file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        entry.replaced(thinned.holeBytes());
        DurableStep.SEGMENT_THINNED.done();
        disk.syncFolder(segment.file().resolveSibling(""));
        source.truncate(0); // a reader that lags must not keep the room taken
        summary.without(evicted, thinned.holeBytes()).write(segment);
    }

    /** Reads through what was written. */
    private SegmentSummary read() throws IOException {
        var scan = new SegmentScan(new StreamPositions());
        scan.read(disk, new SegmentList.Entry(prepared, entry.end()), (in, from, to) -> {});
        return scan.contents().summary(segment.base(), entry.end());
    }

    @Override
    public void close() throws IOException {
        try (source;
                channel) {
            Files.deleteIfExists(prepared.file());
        }
    }
}
