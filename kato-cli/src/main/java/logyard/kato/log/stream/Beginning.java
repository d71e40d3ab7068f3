package logyard.kato.log.stream;

import java.time.Instant;
import java.util.Optional;

/**
 * What of the past a live stream begins with, as far as the journals of the nodes go back.
 *
 * @param since what came in since then
 * @param lines the last so many, of all nodes together; 0 if not asked for
 */
public record Beginning(Optional<Instant> since, int lines) {
    /** With what comes from now on. */
    public static final Beginning NOW = new Beginning(Optional.empty(), 0);
}
