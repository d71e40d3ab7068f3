package logyard.kato.log.line;

import java.util.Optional;

/**
 * What of a stream is shown, and how.
 *
 * @param raw nothing is cut off or left out
 * @param json each event as it came
 * @param debug what the core says of its daily work, too
 * @param times each line with the time at which it came
 * @param node only events of this node; of all if empty
 */
public record LineView(boolean raw, boolean json, boolean debug, boolean times, Optional<String> node) {}
