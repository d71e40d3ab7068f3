package logyard.core.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logyard.config.DurableFile;
import logyard.config.FolderLock;
import logyard.core.event.StreamPositions;
import logyard.core.event.StreamPositions.StreamPosition;

/**
 * The journal of a node that is stopped, to be looked at. Nothing of it is changed, but by {@link JournalRepair}; as long
 * as this is open, no core can start on it. One thread.
 */
public final class StoppedJournal implements AutoCloseable {
    static final Disk DISK = Disk.LOCAL;

    private final Path folder;
    private final Optional<FolderLock> lock;
    private final List<SegmentList.Entry> entries = new ArrayList<>();
    private final SegmentList segments = new SegmentList();
    private final DamageCounter damage = new DamageCounter();

    private StoppedJournal(Path folder, Optional<FolderLock> lock) throws IOException {
        this.folder = folder;
        this.lock = lock;
        List<Segment> files = Recovery.files(folder);
        for (int i = 0; i < files.size(); i++) {
            Segment segment = files.get(i);
            boolean unused = segment.hasHeader(DISK); // or throws, if it is of a later version
            long fileEnd = segment.base() + segment.size();
            long end = i + 1 < files.size() ? Math.min(fileEnd, files.get(i + 1).base()) : fileEnd;
            SegmentList.Entry entry = segments.add(segment, end);
            SegmentSummary.look(segment).content().ifPresent(summary -> entry.holes(summary.holeBytes()));
            entries.add(entry);
        }
        StreamCheckpoint.look(folder);
    }

    /**
     * Opens a journal.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if it is in use, or cannot be read
     * @throws DurableFile.NewerVersionException if a later version of Logyard wrote in it
     */
    public static StoppedJournal open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no journal");
        }
        // Without the file nobody has it, and made by us it could keep its owner from the journal.
        Optional<FolderLock> lock = Optional.empty();
        if (Files.exists(folder.resolve("lock"))) {
            lock = FolderLock.tryTake(folder);
            if (lock.isEmpty()) {
                throw new IOException(folder + " is in use: stop logyard on this node first");
            }
        }
        try {
            return new StoppedJournal(folder, lock);
        } catch (IOException | RuntimeException e) {
            if (lock.isPresent()) {
                lock.get().close();
            }
            throw e;
        }
    }

    public Path folder() {
        return folder;
    }

    List<SegmentList.Entry> entries() {
        return entries;
    }

    /** The position of the oldest record, if there is any. */
    public long first() {
        return entries.isEmpty() ? end() : entries.get(0).segment().firstRecord();
    }

    /** Where the next record would be. */
    public long end() {
        return entries.isEmpty()
                ? checkpoint().position()
                : entries.get(entries.size() - 1).end();
    }

    /** How many bytes the segments take. */
    public long bytes() {
        return entries.stream().mapToLong(SegmentList.Entry::bytes).sum();
    }

    /** What is in each segment, oldest first; one without a summary is read through. */
    public List<SegmentSummary> segments() throws IOException {
        List<SegmentSummary> all = new ArrayList<>();
        for (SegmentList.Entry entry : entries) {
            Optional<SegmentSummary> known = summary(entry);
            all.add(known.isPresent() ? known.get() : read(entry, new StreamPositions()));
        }
        return all;
    }

    /** The summary of a segment, if there is one that fits. */
    static Optional<SegmentSummary> summary(SegmentList.Entry entry) {
        return SegmentSummary.look(entry.segment()).content().filter(summary -> summary.end() == entry.end());
    }

    /** Reads a segment through, and brings the streams as far as its batches go. */
    SegmentSummary read(SegmentList.Entry entry, StreamPositions streams) throws IOException {
        var scan = new SegmentScan(streams);
        scan.read(DISK, entry, damage);
        return scan.contents().summary(entry.segment().base(), entry.end());
    }

    /** Where the streams stand, as the next start of the core will find them. */
    public List<StreamPosition> streams() throws IOException {
        StreamCheckpoint checkpoint = checkpoint();
        var streams = new StreamPositions();
        checkpoint.streams().forEach(known -> streams.advance(known.client(), known.stream(), known.position()));
        for (SegmentList.Entry entry : entries) {
            if (entry.end() > checkpoint.position()) {
                SegmentSummary unused = read(entry, streams);
            }
        }
        return streams.all();
    }

    private StreamCheckpoint checkpoint() {
        return StreamCheckpoint.look(folder).content().orElseGet(() -> new StreamCheckpoint(0, List.of()));
    }

    /** Reads records from a position on; the caller closes it. Damaged ones are passed over and counted. */
    public JournalReader reader(long position) {
        return new JournalReader(DISK, segments, damage, this::end, position);
    }

    /** The position of the first record in the segment that holds {@code position}; itself if none does. */
    public long firstInSegment(long position) {
        return entries.stream()
                .filter(entry -> position >= entry.segment().base() && position < entry.end())
                .mapToLong(entry -> entry.segment().firstRecord())
                .findFirst()
                .orElse(position);
    }

    /** How many bytes were passed over because they are damaged. */
    public long damagedBytes() {
        return damage.bytes();
    }

    /** Reads everything, and says what is not as it was written, in the order of the files. */
    public List<JournalDamage> damages() throws IOException {
        return new JournalCheck(this).damages();
    }

    @Override
    public void close() throws IOException {
        if (lock.isPresent()) {
            lock.get().close();
        }
    }
}
