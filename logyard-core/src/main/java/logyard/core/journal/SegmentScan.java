package logyard.core.journal;

import java.io.IOException;
import java.util.OptionalLong;
import logyard.core.event.BatchFrame;
import logyard.core.event.Events;
import logyard.core.event.MalformedFrameException;
import logyard.core.event.Message;
import logyard.core.event.StreamPositions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a segment through at the start: what it holds, and how far it brings the streams. One thread. */
final class SegmentScan {
    private static final Logger log = LoggerFactory.getLogger(SegmentScan.class);

    private final StreamPositions positions;
    private final SegmentContents contents = new SegmentContents();
    private final Events events = new Events();
    private long records;

    SegmentScan(StreamPositions positions) {
        this.positions = positions;
    }

    /** Takes in every record of a segment, up to where its file ends. */
    void read(Disk disk, SegmentList.Entry entry, JournalReader.Damage damage) throws IOException {
        var only = new SegmentList();
        Segment segment = entry.segment();
        only.add(segment, entry.end());
        try (var reader = new JournalReader(disk, only, damage, entry::end, segment.base())) {
            for (var next = reader.next(entry.end()); next.isPresent(); next = reader.next(entry.end())) {
                take(next.get());
                records++;
            }
            contents.addHoles(reader.holeBytes());
        }
    }

    /** What was read. */
    SegmentContents contents() {
        return contents;
    }

    /** How many records there were. */
    long records() {
        return records;
    }

    private void take(JournalRecord record) {
        contents.addRecord(record.timeNanos());
        if (!BatchFrame.isOfKnownVersion(record.frame())) {
            contents.addUnknown();
            return;
        }
        if (BatchFrame.isBatch(record.frame())) {
            try {
                advance(BatchFrame.parse(record.frame()));
            } catch (MalformedFrameException e) {
                contents.addUnknown();
                log.error("The journal holds {} at {}", e.reason(), record.position());
                return;
            }
        }
        Message message = events.over(record.frame()).message();
        while (events.next()) {
            int start = message.start();
            contents.addEvents(message.bytes(), start, start + message.keyLength(), 1, message.end() - start);
        }
    }

    /**
     * A batch brings its stream forward only if it leaves no gap. What belongs there was lost, and its publisher may still
     * have it, unless it says that it is acknowledged: it must not be told that it is known when it comes again.
     */
    private void advance(BatchFrame batch) {
        OptionalLong expected = positions.expected(batch.stream());
        boolean leavesGap = batch.from() > Math.max(expected.orElse(0), batch.acknowledged());
        if (!leavesGap && batch.end() > expected.orElse(-1)) {
            positions.advance(batch.client(), batch.stream(), batch.end());
        }
    }
}
