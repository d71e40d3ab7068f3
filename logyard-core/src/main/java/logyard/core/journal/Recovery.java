package logyard.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import logyard.config.DurableFile.NewerVersionException;
import logyard.config.fault.DurableStep;
import logyard.core.event.StreamPositions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mends what is found in the journal's folder at the start, so far that appending can go on.
 *
 * <p>A segment is read if it lies behind the checkpoint of the streams or has no summary; so the last one always is. What
 * a crash has torn off at its end is cut away. What is damaged stays as it is and is passed over.
 */
final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final Disk disk;
    private final Path folder;
    private final StreamCheckpoint checkpoint;
    private final SegmentList segments = new SegmentList();
    private final DamageCounter damage = new DamageCounter();
    private final StreamPositions positions = new StreamPositions();
    private long tail; // of the last segment: from here to the end of the file there are no records

    /** What the journal goes on with. */
    record Recovered(
            SegmentList segments,
            DamageCounter damage,
            StreamPositions positions,
            SegmentContents contents,
            SegmentWriter writer) {}

    private Recovery(Disk disk, Path folder, StreamCheckpoint checkpoint) {
        this.disk = disk;
        this.folder = folder;
        this.checkpoint = checkpoint;
        checkpoint.streams().forEach(stream -> positions.advance(stream.client(), stream.stream(), stream.position()));
    }

    /**
     * Mends the folder.
     *
     * @throws logyard.config.DurableFile.NewerVersionException if a later Logyard wrote there; nothing was changed then
     */
    static Recovered run(Disk disk, Path folder) throws IOException {
        List<Segment> files = files(folder);
        List<Segment> withoutHeader = new ArrayList<>();
        for (Segment file : files) {
            if (!file.hasHeader(disk)) {
                withoutHeader.add(file);
            }
        }
        for (Segment file : files) {
            Files.deleteIfExists(Thinning.prepared(file.file()));
        }
        var recovery = new Recovery(disk, folder, StreamCheckpoint.load(folder));
        for (Segment file : withoutHeader) {
            boolean isLast = file.equals(files.get(files.size() - 1));
            if (!recovery.mendHeader(file, isLast)) {
                files.remove(file);
            }
        }
        return recovery.run(files);
    }

    /** The segments in a folder, oldest first. */
    static List<Segment> files(Path folder) throws IOException {
        List<Segment> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(Files::isRegularFile).forEach(file -> Segment.of(file).ifPresent(files::add));
        }
        files.sort(Comparator.comparingLong(Segment::base));
        return files;
    }

    /** Writes the header again if there are records behind it. If there are none the file is put aside, and false. */
    private boolean mendHeader(Segment segment, boolean isLast) throws IOException {
        if (segment.size() <= Segment.HEADER_BYTES) { // made just before a crash; its name tells where the journal ends
            if (!isLast) {
                Files.delete(segment.file());
            }
            return isLast;
        }
        long end = segment.base() + segment.size();
        var scan = new SegmentScan(new StreamPositions());
        scan.read(disk, new SegmentList.Entry(segment, end), (in, from, to) -> {});
        if (scan.records() > 0) {
            damage.add(segment, segment.base(), segment.firstRecord());
            try (FileChannel channel = disk.open(segment.file(), StandardOpenOption.WRITE)) {
                int unused = channel.write(ByteBuffer.wrap(segment.header()), 0);
                DurableStep.HEADER_MENDED.done();
            }
            return true;
        }
        damage.add(segment, segment.base(), end);
        Path aside = segment.file().resolveSibling(segment.file().getFileName() + ".damaged");
        Files.move(segment.file(), aside, StandardCopyOption.REPLACE_EXISTING);
        DurableStep.SEGMENT_PUT_ASIDE.done();
        return false;
    }

    private Recovered run(List<Segment> files) throws IOException {
        int last = files.size() - 1;
        boolean read = false;
        for (int i = 0; i < last; i++) {
            read |= sealed(files.get(i), files.get(i + 1).base());
        }
        if (read) {
            var now = new StreamCheckpoint(files.get(last).base(), positions.all());
            keep(() -> now.write(folder));
        }
        var scan = new SegmentScan(positions);
        SegmentWriter writer = last < 0 ? first() : active(files.get(last), scan);
        segments.addActive(writer.segment()).holes(scan.contents().holeBytes());
        disk.syncFolder(folder);
        log.info("Journal {} ends at {}, of {} segments", folder, writer.end(), last + 1);
        return new Recovered(segments, damage, positions, scan.contents(), writer);
    }

    /** Takes in a segment that is not the last; false if it need not be read. */
    private boolean sealed(Segment segment, long nextBase) throws IOException {
        long end = Math.min(segment.base() + segment.size(), nextBase);
        SegmentList.Entry entry = segments.add(segment, end);
        boolean isNewer = false;
        Optional<SegmentSummary> known = Optional.empty();
        try {
            known = SegmentSummary.read(segment).filter(summary -> summary.end() == end);
        } catch (NewerVersionException e) {
            log.warn("Reading the segment instead of its summary: {}", e.getMessage());
            isNewer = true;
        }
        boolean hasSummary = known.isPresent();
        if (end < nextBase && known.map(SegmentSummary::next).orElse(end) != nextBase) {
            damage.add(segment, end, nextBase);
        }
        known.ifPresent(summary -> entry.holes(summary.holeBytes()));
        if (hasSummary && end <= checkpoint.position()) {
            return false;
        }
        var scan = new SegmentScan(positions);
        scan.read(disk, entry, damage);
        entry.holes(scan.contents().holeBytes());
        if (!hasSummary && !isNewer) {
            try (FileChannel channel = disk.open(segment.file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                SegmentWriter.force(segment, channel, true, segment.base(), end);
            }
            keep(() -> scan.contents().summary(segment.base(), end).write(segment));
        }
        return true;
    }

    private interface Write {
        void run() throws IOException;
    }

    /** Writes what spares the next start some reading: it must not stop this one. */
    private static void keep(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            log.warn("Cannot write what the next start would use: {}", e.toString());
        }
    }

    private SegmentWriter first() throws IOException {
        return SegmentWriter.create(disk, Segment.at(folder, checkpoint.position()));
    }

    /** Opens the last segment to go on behind what is in it. */
    private SegmentWriter active(Segment segment, SegmentScan scan) throws IOException {
        if (segment.size() <= Segment.HEADER_BYTES) {
            return SegmentWriter.create(disk, segment);
        }
        long fileEnd = segment.base() + segment.size();
        var entry = new SegmentList.Entry(segment, fileEnd);
        tail = fileEnd;
        scan.read(disk, entry, new JournalReader.Damage() {
            @Override
            public void add(Segment in, long from, long to) {
                if (to < fileEnd) {
                    damage.add(in, from, to);
                } else {
                    tail = from;
                }
            }

            @Override
            public void addUnreadable(Segment in, long position) {
                damage.addUnreadable(in, position);
            }
        });
        FileChannel channel = disk.open(segment.file(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        long end = fileEnd;
        if (tail < fileEnd && isTorn(disk, entry, tail)) {
            log.warn("Cutting off {} bytes that were torn at the end of {}", fileEnd - tail, segment.file());
            channel.truncate(tail - segment.base());
            DurableStep.TORN_END_CUT.done();
            end = tail;
        } else if (tail < fileEnd) {
            damage.add(segment, tail, fileEnd);
        }
        SegmentWriter.force(segment, channel, true, segment.base(), end);
        Files.deleteIfExists(segment.summaryFile());
        return SegmentWriter.resume(segment, channel, end);
    }

    /** Whether the tail is the beginning of a record whose end never came, which a crash leaves; all else is damage. */
    static boolean isTorn(Disk disk, SegmentList.Entry entry, long tail) throws IOException {
        var header = new RecordHeader();
        try (SegmentReader reader = SegmentReader.open(disk, entry)) {
            int offset = reader.load(tail, RecordHeader.BYTES, entry.end());
            return offset < 0
                    || (header.read(reader.buffer(), offset, tail)
                            && tail + RecordHeader.BYTES + header.length() > entry.end());
        }
    }
}
