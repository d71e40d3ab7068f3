package logyard.core.router;

/**
 * What came into the journal of one stream since this process started.
 *
 * @param name the first two parts of its keys, such as {@code systail.dea}
 * @param events how many
 * @param bytes of keys and values
 */
public record StreamCount(String name, long events, long bytes) {}
