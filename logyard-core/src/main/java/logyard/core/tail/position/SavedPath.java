package logyard.core.tail.position;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What is known of one followed path.
 *
 * @param absent nothing was there: a file that comes is new, and read from its beginning
 * @param nextGeneration goes into the id of the next stream
 * @param lastSeen when the path was last looked at, in nanoseconds since 1970
 * @param lastBirth of the newest file that was read, in nanoseconds since 1970
 * @param streams what may have to be read or acknowledged still, oldest first
 */
public record SavedPath(
        String name,
        String path,
        boolean absent,
        @JsonProperty("next_generation") long nextGeneration,
        @JsonProperty("last_seen") long lastSeen,
        @JsonProperty("last_birth") long lastBirth,
        List<SavedStream> streams) {
    public SavedPath {
        streams = List.copyOf(streams);
    }
}
