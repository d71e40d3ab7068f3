package logyard.core.settings;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import logyard.config.Problems;
import logyard.core.event.Keys;

/**
 * Settings of systail, in the tree at {@code /proc/logyard/config/systail}.
 *
 * @param maxRecordSize longest text of an event in bytes; a longer line becomes several events
 * @param logFiles path by component name; an empty path means {@code <logs.dir>/<name>.log}. One of no use does not harm
 *     the others: see {@link #problem}
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

    /** Why an entry of {@code log_files} cannot be followed; empty if it can. */
    public static Optional<String> problem(String name, String path) {
        if (!Keys.isName(name)) {
            return Optional.of("log_files/" + name + ": a name has letters, digits, _ and - only, got " + shown(name));
        }
        if (path.isEmpty() || (path.startsWith("/") && isPath(path))) {
            return Optional.empty();
        }
        return Optional.of("log_files/" + name + ": the path must be absolute or empty, got " + shown(path));
    }

    /** Where an entry of {@code log_files} leads that has no {@link #problem}. */
    public static Path path(String name, String path, Path logsDir) {
        return path.isEmpty() ? logsDir.resolve(name + ".log") : Path.of(path);
    }

    /** In quotes, and with escapes for what a terminal would obey. */
    private static String shown(String text) {
        return TextNode.valueOf(text).toString();
    }

    private static boolean isPath(String path) {
        try {
            return Path.of(path).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
