package logyard.core.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import logyard.config.DurableFile;
import logyard.core.event.BatchFrame;
import logyard.core.event.Events;
import logyard.core.event.MalformedFrameException;
import logyard.core.event.Message;
import logyard.core.event.StreamPositions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is found in the journal's folder at the start, mended so far that appending can go on.
 *
 * <p>A segment with a summary is not read. The last one has none, nor has one that was sealed just before a crash: they
 * are read through, what is torn off at the end of the last one is cut away, and missing summaries are written.
 */
record Recovery(
        SegmentList segments,
        DamageCounter damage,
        StreamPositions positions,
        SegmentContents contents,
        SegmentWriter writer) {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    static Recovery run(Path folder) throws IOException {
        var found = new Scan();
        List<Segment> files = list(folder);
        for (int i = 0; i < files.size() - 1; i++) {
            found.sealed(files.get(i));
        }
        SegmentWriter writer =
                files.isEmpty() ? create(Segment.at(folder, 0)) : found.last(folder, files.get(files.size() - 1));
        found.segments.put(writer.segment(), Long.MAX_VALUE, Optional.empty());
        log.info(
                "Journal {} holds positions {} to {}",
                folder,
                files.isEmpty() ? 0 : files.get(0).base(),
                writer.end());
        return new Recovery(found.segments, found.damage, found.positions, found.contents, writer);
    }

    private static List<Segment> list(Path folder) throws IOException {
        List<Segment> segments = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> Segment.of(file).ifPresent(segments::add));
        }
        segments.sort(Comparator.comparingLong(Segment::base));
        return segments;
    }

    private static SegmentWriter create(Segment segment) throws IOException {
        FileChannel channel = segment.create();
        DurableFile.syncFolder(segment.file());
        return new SegmentWriter(segment, channel, segment.firstRecord());
    }

    private static final class Scan {
        final SegmentList segments = new SegmentList();
        final DamageCounter damage = new DamageCounter();
        StreamPositions positions = new StreamPositions();
        SegmentContents contents = new SegmentContents();

        void sealed(Segment segment) throws IOException {
            checkHeader(segment);
            Optional<SegmentSummary> known = SegmentSummary.read(segment);
            if (known.isEmpty()) {
                contents = new SegmentContents();
                long end = segment.base() + segment.size();
                read(segment, end);
                known = Optional.of(contents.summary(end, positions.all()));
                known.get().write(segment);
            } else {
                positions = new StreamPositions();
                known.get()
                        .streams()
                        .forEach(stream -> positions.advance(stream.client(), stream.stream(), stream.position()));
            }
            segments.put(segment, known.get().end(), known);
        }

        SegmentWriter last(Path folder, Segment segment) throws IOException {
            contents = new SegmentContents();
            if (!checkHeader(
                    segment)) { // made just before a crash, or damaged: its records count, but no more is added
                long end = Math.max(segment.base() + segment.size(), segment.firstRecord());
                sealed(segment);
                contents = new SegmentContents();
                return create(Segment.at(folder, end));
            }
            long fileEnd = segment.base() + segment.size();
            long end = read(segment, fileEnd);
            FileChannel channel = segment.openToAppend();
            if (end < fileEnd) {
                log.warn("Cutting off {} bytes that were torn at the end of {}", fileEnd - end, segment.file());
                channel.truncate(end - segment.base());
            }
            channel.force(true);
            return new SegmentWriter(segment, channel, end);
        }

        /** Takes in every record up to {@code end}; returns where the last undamaged one ends. */
        private long read(Segment segment, long end) throws IOException {
            segments.put(segment, end, Optional.empty());
            long intactEnd = segment.firstRecord();
            try (var reader = new JournalReader(segments, damage, segment.firstRecord())) {
                for (Optional<JournalRecord> next = reader.next(end); next.isPresent(); next = reader.next(end)) {
                    take(next.get());
                    intactEnd = next.get().next();
                }
            }
            return intactEnd;
        }

        private void take(JournalRecord record) {
            contents.addRecord(record.timeNanos());
            var events = new Events().over(record.frame());
            Message message = events.message();
            while (events.next()) {
                contents.addEvents(message.key(), 1);
            }
            if (BatchFrame.isBatch(record.frame())) {
                try {
                    BatchFrame batch = BatchFrame.parse(record.frame());
                    positions.advance(batch.client(), batch.stream(), batch.end());
                } catch (MalformedFrameException e) {
                    log.error("The journal holds {} at {}", e.reason(), record.position());
                }
            }
        }

        private boolean checkHeader(Segment segment) throws IOException {
            boolean intact = segment.hasHeader();
            if (!intact) {
                damage.add(segment, segment.base(), segment.base());
            }
            return intact;
        }
    }
}
