package logyard.apptail.docker;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;

/**
 * How far one stream of a container was read: up to and with the line number {@code lines} of those with the time {@code
 * time}.
 *
 * @param stream names this reading of the log, from its beginning on; another one has other positions
 * @param position a count of what was read, at 4 for each piece of a line, which leaves room for a notice between them
 * @param time of the last line, in RFC 3339
 * @param lines 0 if nothing was read yet
 */
record Checkpoint(UUID stream, long position, String time, int lines) {
    /** Nothing was read. */
    static Checkpoint beginning() {
        return new Checkpoint(UUID.randomUUID(), 0, Instant.EPOCH.toString(), 0);
    }

    @JsonIgnore
    Instant instant() {
        return Instant.parse(time);
    }

    /** Whether anything was read. */
    @JsonIgnore
    boolean isSomewhere() {
        return lines > 0;
    }
}
