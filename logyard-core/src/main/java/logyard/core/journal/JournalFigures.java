package logyard.core.journal;

import java.util.OptionalLong;

/**
 * How a journal stands.
 *
 * @param bytes that its segments take
 * @param segments how many there are, the active one included
 * @param end where the next record will begin: what was appended since the beginning of time, in bytes
 * @param unsynced how many bytes of that a power failure would take
 * @param damagedBytes that could not be read back, since the start
 * @param unreadableRecords of a later version of Logyard that were read back, since the start
 * @param maxBytes that it may take
 * @param minFreeBytes of its file system that it leaves to others
 * @param freeBytes of its file system; empty if that does not say
 */
public record JournalFigures(
        long bytes,
        int segments,
        long end,
        long unsynced,
        long damagedBytes,
        long unreadableRecords,
        long maxBytes,
        long minFreeBytes,
        OptionalLong freeBytes) {}
