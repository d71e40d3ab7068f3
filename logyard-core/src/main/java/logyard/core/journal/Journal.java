package logyard.core.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logyard.config.DurableFile;
import logyard.core.event.BatchFrame;
import logyard.core.event.StreamPositions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of a node, in the order in which they came in, kept until there is no room for them any more.
 *
 * <p>One thread appends ({@code ingest}), one commits and retains ({@code commit}), any number read back. What was
 * appended can be read back after {@link #flush}, survives the process from then on, and survives a power failure after
 * {@link #sync}.
 */
public final class Journal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    /** An active segment smaller than this is not given up for the free-disk floor: nothing would be won. */
    private static final long WORTH_SEALING_BYTES = 1L << 20;

    private final JournalOptions options;
    private final Clock clock;
    private final SegmentList segments;
    private final DamageCounter damage;
    private final StreamPositions positions;
    private final Object lock = new Object();

    // Guarded by lock:
    private SegmentWriter writer;
    private final List<Sealed> toSync = new ArrayList<>();
    private boolean sealEarly;

    private SegmentContents contents; // of the thread that appends
    private volatile long flushedEnd;
    private volatile long syncedEnd;

    /** A segment that is complete but not yet synced, with what its summary will say. */
    private record Sealed(SegmentWriter writer, SegmentSummary summary) {}

    private Journal(JournalOptions options, Clock clock, Recovery recovered) throws IOException {
        this.options = options;
        this.clock = clock;
        this.segments = recovered.segments();
        this.damage = recovered.damage();
        this.positions = recovered.positions();
        this.contents = recovered.contents();
        this.writer = recovered.writer();
        this.flushedEnd = writer.flushedEnd();
        this.syncedEnd = flushedEnd;
    }

    /**
     * Opens the journal and mends what a crash has left: a torn end is cut off, damage is passed over and counted.
     *
     * @throws IOException if the folder cannot be used, or a later version of Logyard wrote in it
     */
    public static Journal open(JournalOptions options, Clock clock) throws IOException {
        Files.createDirectories(options.folder());
        return new Journal(options, clock, Recovery.run(options.folder()));
    }

    /** Where the streams stand, as recovered and as {@link #append}ed since; of the thread that appends. */
    public StreamPositions positions() {
        return positions;
    }

    /**
     * Appends a frame, a batch or a single event.
     *
     * @return the position of its record
     * @throws IOException if it cannot be stored now, for example because the disk is full; nothing was appended then
     */
    public long append(byte[] frame) throws IOException {
        byte kind = BatchFrame.isBatch(frame) ? RecordFormat.BATCH : RecordFormat.EVENT;
        Instant now = clock.instant();
        long time = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        synchronized (lock) {
            long used = writer.end() - writer.segment().base();
            if (used >= options.segmentBytes() || (sealEarly && used >= WORTH_SEALING_BYTES)) {
                roll();
            }
            long position = writer.end();
            writer.append(kind, frame, time);
            contents.addRecord(time);
            flushedEnd = writer.flushedEnd();
            return position;
        }
    }

    /** How many bytes the record of a frame takes: what lies between its position and the next. */
    public static int recordBytes(byte[] frame) {
        return RecordFormat.HEADER_BYTES + frame.length;
    }

    /** Notes for the segment's summary that the record appended last holds events of a key. */
    public void countEvents(String key, int count) {
        contents.addEvents(key, count);
    }

    /** The position of the segment that is being appended to. */
    public long activeSegment() {
        return writer.segment().base();
    }

    private void roll() throws IOException {
        writer.flush();
        Segment next = Segment.at(options.folder(), writer.end());
        var nextWriter = new SegmentWriter(next, next.create(), next.firstRecord());
        DurableFile.syncFolder(next.file());
        toSync.add(new Sealed(writer, contents.summary(writer.end(), positions.all())));
        segments.put(writer.segment(), writer.end(), Optional.empty());
        segments.put(next, Long.MAX_VALUE, Optional.empty());
        writer = nextWriter;
        contents = new SegmentContents();
        sealEarly = false;
    }

    /** Writes what was appended to the file, from where it can be read back. */
    public void flush() throws IOException {
        synchronized (lock) {
            writer.flush();
            flushedEnd = writer.flushedEnd();
        }
    }

    /** Makes everything appended so far safe from a power failure. */
    public void sync() throws IOException {
        SegmentWriter active;
        List<Sealed> sealed;
        long target;
        synchronized (lock) {
            flush();
            active = writer;
            target = flushedEnd;
            sealed = List.copyOf(toSync);
        }
        for (Sealed segment : sealed) {
            segment.writer().force();
            seal(segment);
        }
        if (target > syncedEnd) {
            active.force();
            syncedEnd = target;
        }
    }

    private void seal(Sealed sealed) throws IOException {
        Segment segment = sealed.writer().segment();
        sealed.summary().write(segment);
        sealed.writer().close();
        synchronized (lock) {
            toSync.remove(sealed);
            segments.put(segment, sealed.summary().end(), Optional.of(sealed.summary()));
        }
    }

    /** The position of the oldest record that is kept, or the end if there is none. */
    public long first() {
        return segments.at(0).map(oldest -> oldest.segment().firstRecord()).orElse(flushedEnd);
    }

    /** Where the next record will begin. */
    public long end() {
        synchronized (lock) {
            return writer.end();
        }
    }

    /** Up to where records can be read back. */
    public long flushedEnd() {
        return flushedEnd;
    }

    /** Up to where records are safe from a power failure. */
    public long syncedEnd() {
        return syncedEnd;
    }

    /** Reads from a position on; the caller closes it. A position before the oldest record means that one. */
    public JournalReader reader(long position) {
        return new JournalReader(segments, damage, position);
    }

    /** How many events of some keys there are in the sealed segment at {@code base}, if its summary knows. */
    public Optional<SegmentSummary> summary(long base) {
        return segments.at(base).flatMap(SegmentList.Listed::summary);
    }

    /** Removes the oldest sealed segments until both limits hold, as far as sealed segments can. */
    public void retain() throws IOException {
        long total = 0;
        for (SegmentList.Listed listed : segments.all()) {
            total += listed.segment().size();
        }
        for (SegmentList.Listed oldest : segments.all()) {
            long free = Files.getFileStore(options.folder()).getUsableSpace();
            boolean scarce = free < options.minFreeBytes();
            if (total <= options.maxBytes() && !scarce) {
                return;
            }
            if (oldest.summary().isEmpty()) { // the active one, or one that is about to be sealed
                synchronized (lock) {
                    sealEarly = scarce;
                }
                return;
            }
            total -= oldest.segment().size();
            remove(oldest.segment(), scarce ? "the disk has only " + free + " bytes left" : "the journal is full");
        }
    }

    private void remove(Segment segment, String reason) throws IOException {
        log.info("Removing the oldest segment {}: {}", segment.file().getFileName(), reason);
        segments.remove(segment);
        Files.deleteIfExists(segment.file());
        Files.deleteIfExists(segment.summaryFile());
    }

    /** How many bytes could not be read back because they were damaged, since the start. */
    public long damagedBytes() {
        return damage.bytes();
    }

    /** How many bytes the segments take. */
    public long sizeBytes() {
        long from = first();
        return Math.max(0, flushedEnd - from);
    }

    @Override
    public void close() throws IOException {
        sync();
        writer.close();
    }
}
