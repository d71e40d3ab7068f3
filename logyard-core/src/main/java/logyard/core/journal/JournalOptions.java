package logyard.core.journal;

import java.nio.file.Path;
import logyard.config.Problems;

/**
 * Where the journal is and how much of the disk it may take.
 *
 * @param folder where its segments are; made if it does not exist
 * @param maxBytes how much all segments together may take; the oldest goes first
 * @param minFreeBytes how much of the file system stays free for others; the oldest segments go for it, too
 * @param segmentBytes when a segment is full
 */
public record JournalOptions(Path folder, long maxBytes, long minFreeBytes, long segmentBytes) {
    /** No more of the journal than this is one segment, so that little is lost at once when the oldest goes. */
    private static final long LARGEST_SEGMENT_BYTES = 64L << 20;

    private static final long SMALLEST_BYTES = 16L << 20;

    public JournalOptions {
        problems(minFreeBytes)
                .require(
                        segmentBytes > 0 && segmentBytes <= maxBytes / 2,
                        "at least two segments of " + segmentBytes + " bytes must fit into " + maxBytes)
                .throwIfAny();
    }

    /** Segments of an eighth of the whole, but no larger than 64 MiB. */
    public static JournalOptions of(Path folder, long maxBytes, long minFreeBytes) {
        problems(minFreeBytes)
                .require(
                        maxBytes >= SMALLEST_BYTES,
                        "journal.max_bytes must be at least 16MiB, or 0 for a journal in memory only, got " + maxBytes
                                + " bytes")
                .throwIfAny();
        return new JournalOptions(folder, maxBytes, minFreeBytes, Math.min(LARGEST_SEGMENT_BYTES, maxBytes / 8));
    }

    private static Problems problems(long minFreeBytes) {
        return new Problems()
                .require(minFreeBytes >= 0, "journal.min_free_bytes must not be negative, got " + minFreeBytes);
    }
}
