package logyard.core.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;
import logyard.config.fault.DurableStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room when the journal, or the disk, has none for more: what is oldest goes, segment by segment. While somebody has
 * not read that, {@link Shares} says what goes first. One thread.
 */
final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** So much of the disk is needed to go on at all: for what is buffered, and for summaries. */
    private static final long NEEDED_BYTES = 4L << 20;

    private final JournalOptions options;
    private final Disk disk;
    private final SegmentList segments;
    private final Shares shares;
    private volatile boolean activeIsInTheWay;

    Retention(JournalOptions options, Disk disk, SegmentList segments) {
        this.options = options;
        this.disk = disk;
        this.segments = segments;
        this.shares = new Shares(disk, options.maxBytes());
    }

    /** Whether {@link #run} would remove something. */
    boolean isDue() throws IOException {
        List<SegmentList.Entry> sealed = sealed();
        return !sealed.isEmpty() && Math.max(overfull(sealed), floorBytes() - disk.usableBytes(options.folder())) > 0;
    }

    private List<SegmentList.Entry> sealed() {
        return segments.all().stream().filter(SegmentList.Entry::isSealed).toList();
    }

    private long overfull(List<SegmentList.Entry> sealed) {
        long sealedBytes = sealed.stream().mapToLong(SegmentList.Entry::bytes).sum();
        return sealedBytes + options.segmentBytes() - options.maxBytes();
    }

    /**
     * Makes room for a full active segment, and until enough of the disk is free, as far as that goes without the active
     * one. How much becomes free is reckoned, not asked: some file systems free later what was deleted.
     *
     * @param unread who has not read all
     * @param isDone whether a segment is written once and for all, and safe
     */
    void run(List<Unread> unread, Predicate<Segment> isDone) throws IOException {
        List<SegmentList.Entry> sealed = sealed();
        long overfull = overfull(sealed);
        long free = disk.usableBytes(options.folder());
        long scarce = floorBytes() - free;
        long leastUnread = unread.stream().mapToLong(Unread::position).min().orElse(Long.MAX_VALUE);
        boolean asked = false;
        for (int i = 0; i < sealed.size() && Math.max(overfull, scarce) > 0; i++) {
            SegmentList.Entry oldest = sealed.get(i);
            if (!asked && leastUnread < oldest.end()) {
                asked = true;
                List<SegmentList.Entry> left = sealed.subList(i, sealed.size()).stream()
                        .filter(entry -> isDone.test(entry.segment()))
                        .toList();
                long freed = shares.makeRoom(left, unread, Math.max(overfull, scarce), free - NEEDED_BYTES);
                overfull -= freed;
                scarce -= freed;
            }
            if (Math.max(overfull, scarce) > 0) {
                log.info(
                        "Removing the oldest segment {}: {}",
                        oldest.segment().file().getFileName(),
                        scarce > 0 ? "the disk has only " + free + " bytes left" : "the journal is full");
                remove(oldest);
                overfull -= oldest.bytes();
                scarce -= oldest.bytes();
            }
        }
        activeIsInTheWay = scarce > 0;
    }

    private void remove(SegmentList.Entry entry) throws IOException {
        segments.remove(entry); // first, so that a reader that does not find the file does not take it for lost
        Path file = entry.segment().file();
        try (FileChannel channel = disk.open(file, StandardOpenOption.WRITE)) {
            Files.deleteIfExists(entry.segment().summaryFile());
            DurableStep.SUMMARY_REMOVED.done();
            Files.delete(file);
            DurableStep.SEGMENT_REMOVED.done();
            channel.truncate(0); // a reader that lags must not keep the room taken
        } catch (NoSuchFileException e) {
            log.warn("Somebody else removed {}", file);
        } catch (IOException e) {
            if (Files.exists(file)) {
                segments.putBack(entry);
            }
            throw e;
        }
    }

    /** Whether the disk is short of room and nothing but the active segment is left to remove. */
    boolean activeIsInTheWay() {
        return activeIsInTheWay;
    }

    /** How many more bytes the journal may write until this has to remove something; negative if it has to. */
    long room() throws IOException {
        return disk.usableBytes(options.folder()) - floorBytes();
    }

    private long floorBytes() {
        return Math.max(options.minFreeBytes(), NEEDED_BYTES);
    }
}
