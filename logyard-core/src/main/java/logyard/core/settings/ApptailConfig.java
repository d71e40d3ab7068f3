package logyard.core.settings;

import logyard.config.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Settings of apptail, in the tree at {@code /proc/logyard/config/apptail} (spec 05 §2).
 *
 * @param maxRecordSize longest text of an event in bytes; a longer line becomes several events
 * @param maxLinesPerSecond how many lines one log may publish per second on average; see {@link #linesPerSecond}
 * @param maxLinesBurst how many lines one log may publish at once; see {@link #linesBurst}
 * @param readLimit how much of a log that is new is read, counted from its end, in MB of 1048576 bytes
 * @param persistPositionIntervalSeconds how often positions are stored
 * @param maxDrainsPerApp how many drains the owner of one application may add
 * @param rateLimit what trees of 2013 have: both numbers in one, where {@code max_lines_per_second} is not set
 */
public record ApptailConfig(
        int maxRecordSize,
        @Nullable Integer maxLinesPerSecond,
        int maxLinesBurst,
        int readLimit,
        int persistPositionIntervalSeconds,
        int maxDrainsPerApp,
        @Nullable Integer rateLimit) {
    private static final int MAX_RECORD_SIZE = 1 << 20;
    private static final int MAX_BURST = 65535;
    private static final int DEFAULT_LINES_PER_SECOND = 100;

    public ApptailConfig {
        new Problems()
                .require(
                        maxRecordSize > 0 && maxRecordSize <= MAX_RECORD_SIZE,
                        "max_record_size must be 1 to " + MAX_RECORD_SIZE + " bytes, got " + maxRecordSize)
                .require(
                        maxLinesPerSecond == null || maxLinesPerSecond > 0,
                        "max_lines_per_second must be 1 or more, got " + maxLinesPerSecond)
                .require(
                        maxLinesBurst > 0 && maxLinesBurst <= MAX_BURST,
                        "max_lines_burst must be 1 to " + MAX_BURST + ", got " + maxLinesBurst)
                .require(readLimit > 0, "read_limit must be 1 MB or more, got " + readLimit)
                .require(
                        persistPositionIntervalSeconds > 0,
                        "persist_position_interval_seconds must be 1 or more, got " + persistPositionIntervalSeconds)
                .require(maxDrainsPerApp >= 0, "max_drains_per_app must be 0 or more, got " + maxDrainsPerApp)
                .require(
                        rateLimit == null || (rateLimit > 0 && rateLimit <= MAX_BURST),
                        "rate_limit must be 1 to " + MAX_BURST + ", got " + rateLimit)
                .throwIfAny();
    }

    /** How many lines one log may publish per second on average. */
    public int linesPerSecond() {
        if (maxLinesPerSecond != null) {
            return maxLinesPerSecond;
        }
        return rateLimit == null ? DEFAULT_LINES_PER_SECOND : rateLimit;
    }

    /** How many lines one log may publish at once. */
    public int linesBurst() {
        return maxLinesPerSecond == null && rateLimit != null ? rateLimit : maxLinesBurst;
    }
}
