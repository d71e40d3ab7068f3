package logyard.systail;

import java.util.Map;
import logyard.config.Problems;

/**
 * Settings of systail, in the tree at {@code /proc/logyard/config/systail}.
 *
 * @param maxRecordSize longest text of an event in bytes; a longer line becomes several events
 * @param logFiles path by component name; an empty path means {@code <logs.dir>/<name>.log}
 */
public record SystailConfig(int maxRecordSize, Map<String, String> logFiles) {
    private static final int MAX_RECORD_SIZE = 1 << 20;

    public SystailConfig {
        new Problems()
                .require(
                        maxRecordSize > 0 && maxRecordSize <= MAX_RECORD_SIZE,
                        "max_record_size must be 1 to " + MAX_RECORD_SIZE + " bytes, got " + maxRecordSize)
                .throwIfAny();
        logFiles = Map.copyOf(logFiles);
    }
}
