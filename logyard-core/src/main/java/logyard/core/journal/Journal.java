package logyard.core.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import logyard.config.DurableFile.NewerVersionException;
import logyard.config.FolderLock;
import logyard.core.event.BatchFrame;
import logyard.core.event.StreamPositions;

/**
 * The events of a node, in the order in which they came in, kept until there is no room for them any more.
 *
 * <p>One thread appends ({@code ingest}), one commits and retains ({@code commit}), any number read back. What was
 * appended can be read back after {@link #flush}, survives the process from then on, and survives a power failure after
 * {@link #sync}. The first two threads must not be interrupted: that would close the files under them.
 */
public final class Journal implements AutoCloseable {
    /** The largest frame that can be appended. */
    public static final int MAX_FRAME_BYTES = RecordHeader.MAX_PAYLOAD_BYTES;

    /** An active segment smaller than this is not given up for the free-disk floor: nothing would be won. */
    private static final long WORTH_SEALING_BYTES = 1L << 20;

    private final JournalOptions options;
    private final Clock clock;
    private final Disk disk;
    private final FolderLock folderLock;
    private final SegmentList segments;
    private final DamageCounter damage;
    private final SegmentSync sync;
    private final Retention retention;
    private final StreamPositions positions;
    private final long recoveredEnd;
    private final Object syncing = new Object();
    private volatile Supplier<List<Unread>> unread = List::of;
    private final Object lock = new Object();

    // Changed under lock:
    private volatile SegmentWriter writer;
    private volatile long end;
    private volatile long flushedEnd;

    // Of the thread that appends:
    private SegmentContents contents;
    private final DiskFloor floor;

    private Journal(
            JournalOptions options, Clock clock, Disk disk, FolderLock folderLock, Recovery.Recovered recovered) {
        this.options = options;
        this.clock = clock;
        this.disk = disk;
        this.folderLock = folderLock;
        this.segments = recovered.segments();
        this.damage = recovered.damage();
        this.retention = new Retention(options, disk, segments);
        this.positions = recovered.positions();
        this.contents = recovered.contents();
        this.writer = recovered.writer();
        this.end = writer.end();
        this.flushedEnd = writer.flushedEnd();
        this.sync = new SegmentSync(disk, options.folder(), segments, writer);
        this.recoveredEnd = end;
        this.floor = new DiskFloor(retention, options.segmentBytes());
    }

    /**
     * Opens the journal and mends what a crash has left: a torn end is cut off, damage is passed over and counted.
     *
     * @throws IOException if the folder cannot be used, or is in use
     * @throws logyard.config.DurableFile.NewerVersionException if a later version of Logyard wrote in it
     */
    public static Journal open(JournalOptions options, Clock clock) throws IOException {
        return open(options, clock, Disk.LOCAL);
    }

    static Journal open(JournalOptions options, Clock clock, Disk disk) throws IOException {
        Files.createDirectories(options.folder());
        FolderLock folderLock = FolderLock.take(options.folder());
        try {
            return new Journal(options, clock, disk, folderLock, Recovery.run(disk, options.folder()));
        } catch (IOException | RuntimeException e) {
            folderLock.close();
            throw e;
        }
    }

    /** Where the streams stand, as recovered and as {@link #append}ed since; of the thread that appends. */
    public StreamPositions positions() {
        return positions;
    }

    /**
     * Where the journal ended when it was opened. A cursor that was saved before and lies behind it means this position:
     * what it had passed is lost, and other records will take that place.
     */
    public long recoveredEnd() {
        return recoveredEnd;
    }

    /**
     * Appends a frame, a batch or a single event.
     *
     * @return the position of its record
     * @throws IOException if it cannot be stored now, for example because the disk is full; nothing was appended then
     */
    public long append(byte[] frame) throws IOException {
        if (frame.length == 0 || frame.length > MAX_FRAME_BYTES) {
            throw new IllegalArgumentException(
                    "A frame has 1 to " + MAX_FRAME_BYTES + " bytes, got one of " + frame.length);
        }
        Instant now = clock.instant();
        long time = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        synchronized (lock) {
            boolean room = floor.hasRoom(end);
            long used = end - writer.segment().base();
            boolean inTheWay = !room || retention.activeIsInTheWay();
            if (used >= floor.segmentBytes() || (used >= WORTH_SEALING_BYTES && inTheWay)) {
                roll(); // a sealed segment can be removed
            }
            long position = writer.end();
            writer.append(BatchFrame.isBatch(frame), frame, time);
            contents.addRecord(time);
            publishEnds();
            return position;
        }
    }

    /** How many bytes the record of a frame takes: what lies between its position and the next. */
    public static int recordBytes(byte[] frame) {
        return RecordHeader.BYTES + frame.length;
    }

    /**
     * Notes for the segment's summary that the record appended last holds events of the key {@code bytes[start..end)}, of
     * so many bytes together.
     */
    public void countEvents(byte[] bytes, int start, int end, int count, long eventBytes) {
        contents.addEvents(bytes, start, end, count, eventBytes);
    }

    /** The position of the segment that is being appended to. */
    public long activeSegment() {
        return writer.segment().base();
    }

    private void roll() throws IOException {
        SegmentWriter full = writer;
        SegmentWriter next = full.next(disk);
        segments.addActive(next.segment());
        sync.add(new SegmentSync.Complete(full, next.segment().base(), contents, positions.all()));
        contents = new SegmentContents();
        writer = next;
        publishEnds();
    }

    /** Writes what was appended to the file, from where it can be read back. */
    public void flush() throws IOException {
        synchronized (lock) {
            writer.flush();
            publishEnds();
        }
    }

    private void publishEnds() {
        end = writer.end();
        if (flushedEnd != writer.flushedEnd()) {
            flushedEnd = writer.flushedEnd();
        }
    }

    /** Makes everything appended so far safe from a power failure. Appending goes on meanwhile. */
    public void sync() throws IOException {
        synchronized (syncing) {
            SegmentWriter active;
            long target;
            List<SegmentSync.Complete> before;
            synchronized (lock) {
                flush();
                active = writer;
                target = flushedEnd;
                before = sync.complete();
            }
            sync.sync(before, active, target);
        }
    }

    /**
     * Writes the summaries of segments that are complete and synced.
     *
     * @return whether there were any
     */
    public boolean seal() throws IOException {
        synchronized (syncing) {
            return sync.seal();
        }
    }

    /** Whether {@link #retain} would remove something: time to save what is known of the oldest records. */
    public boolean isRetentionDue() throws IOException {
        synchronized (syncing) {
            return retention.isDue();
        }
    }

    /** From now on {@code readers} says, on any thread, who has not read all of this; before this is called nobody. */
    public void unread(Supplier<List<Unread>> readers) {
        unread = readers;
    }

    /**
     * Makes room until both limits hold, as far as that goes without the active segment: removes the oldest, or, while
     * somebody has not read that, what nobody else wants, and events of those applications that take most of the journal.
     */
    public void retain() throws IOException {
        List<Unread> readers = unread.get(); // without a lock that they may wait for
        synchronized (syncing) {
            Set<Segment> pending =
                    sync.complete().stream().map(SegmentSync.Complete::segment).collect(Collectors.toSet());
            retention.run(readers, segment -> !pending.contains(segment));
            sync.dropRemoved();
        }
    }

    /** Reads from a position on; the caller closes it. A position before the oldest record means that one. */
    public JournalReader reader(long position) {
        return new JournalReader(disk, segments, damage, this::flushedEnd, position);
    }

    /** As {@link #reader(long)}, but passes over segments whose summary says that nothing in them is wanted. */
    public JournalReader reader(long position, Predicate<SegmentSummary> isUnwanted) {
        JournalReader.Passing passing =
                entry -> summary(entry).filter(isUnwanted).isPresent();
        return new JournalReader(disk, segments, damage, passing, this::flushedEnd, position);
    }

    /** What is in the segment that holds a position, if nothing is appended to it any more and it is known. */
    public Optional<SegmentSummary> summary(long position) {
        return segments.at(position).filter(entry -> entry.holds(position)).flatMap(Journal::summary);
    }

    static Optional<SegmentSummary> summary(SegmentList.Entry entry) {
        try {
            return SegmentSummary.read(entry.segment()).filter(summary -> summary.end() == entry.end());
        } catch (NewerVersionException e) {
            return Optional.empty(); // said at the start
        }
    }

    /** Whether records were evicted from the segment that holds a position. */
    public boolean hasHoles(long position) {
        return segments.at(position)
                .filter(entry -> entry.holds(position))
                .filter(SegmentList.Entry::hasHoles)
                .isPresent();
    }

    /** Where the segment ends that holds a position, or else the next one; far away if it is the active one. */
    public long segmentEnd(long position) {
        return segments.at(position).map(SegmentList.Entry::end).orElse(Long.MAX_VALUE);
    }

    /** The position of the oldest record that is kept, or the end if there is none. */
    public long first() {
        return segments.at(0).map(oldest -> oldest.segment().firstRecord()).orElse(end);
    }

    /**
     * When the oldest record that is kept was appended; empty if nothing has been removed, so that all that ever came is
     * there, or nothing is.
     *
     * @throws IOException if the disk cannot be read
     */
    public Optional<Instant> keptSince() throws IOException {
        List<SegmentList.Entry> all = segments.all();
        if (all.get(0).segment().base() == 0 && all.stream().noneMatch(SegmentList.Entry::hasHoles)) {
            return Optional.empty();
        }
        flush();
        long last = flushedEnd;
        try (JournalReader reader = reader(first(), summary -> false)) {
            return reader.next(last).map(record -> Instant.EPOCH.plusNanos(record.timeNanos()));
        }
    }

    /**
     * The position of the oldest record that was appended at {@code time} or later; the end if there is none. Reads at most
     * one segment, as the times of the others are in their summaries.
     *
     * @throws IOException if the disk cannot be read
     */
    public long positionAt(Instant time) throws IOException {
        long nanos = time.getEpochSecond() * 1_000_000_000L + time.getNano();
        flush();
        long last = flushedEnd;
        try (JournalReader reader = reader(first(), summary -> summary.lastTimeNanos() < nanos)) {
            Optional<JournalRecord> record = reader.next(last);
            while (record.isPresent() && record.get().timeNanos() < nanos) {
                record = reader.next(last);
            }
            return record.map(JournalRecord::position).orElse(last);
        }
    }

    /** Where the next record will begin. */
    public long end() {
        return end;
    }

    /** Up to where records can be read back. */
    public long flushedEnd() {
        return flushedEnd;
    }

    /** Up to where records are safe from a power failure. */
    public long syncedEnd() {
        return sync.syncedEnd();
    }

    /** How many bytes could not be read back because they were damaged, since the start. */
    public long damagedBytes() {
        return damage.bytes();
    }

    /** How many records were read back, since the start, of which only a later version of Logyard knows what is in them. */
    public long unreadableRecords() {
        return damage.unreadable();
    }

    /** How many bytes the segments take. */
    public long sizeBytes() {
        return segments.all().stream()
                .mapToLong(entry -> entry.isSealed()
                        ? entry.bytes()
                        : flushedEnd - entry.segment().base())
                .sum();
    }

    /** How it stands; any thread. Asks the file system, and so may wait for it. */
    public JournalFigures figures() {
        long synced = syncedEnd(); // before the end, which is never behind it
        long now = end;
        return new JournalFigures(
                sizeBytes(),
                segments.all().size(),
                now,
                now - synced,
                damagedBytes(),
                unreadableRecords(),
                options.maxBytes(),
                options.minFreeBytes(),
                disk.usableIfKnown(options.folder()));
    }

    /** Syncs what was appended. To be called when no other thread uses the journal any more. */
    @Override
    public void close() throws IOException {
        SegmentWriter active = writer;
        try (folderLock;
                active;
                sync) {
            sync();
            seal();
        }
    }
}
