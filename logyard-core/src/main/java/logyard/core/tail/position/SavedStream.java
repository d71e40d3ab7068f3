package logyard.core.tail.position;

import com.fasterxml.jackson.annotation.JsonProperty;
import logyard.core.tail.file.FileIdentity;

/**
 * How far one file has been delivered.
 *
 * @param file where it was when it was opened, without symbolic links
 * @param offset everything before it was acknowledged
 * @param end everything before it was handed out
 */
public record SavedStream(StreamId id, String file, FileIdentity identity, long offset, long end, State state) {
    /** What more there can be in the file. */
    public enum State {
        /** Anything. */
        @JsonProperty("reading")
        READING,
        /** Nothing: rotated away, and read to its end. */
        @JsonProperty("complete")
        COMPLETE,
        /** Nothing: its content is gone. */
        @JsonProperty("truncated")
        TRUNCATED
    }

    /** Bytes handed out but not acknowledged. */
    public long pending() {
        return Math.max(0, end - offset);
    }

    public SavedStream acknowledgedTo(long newOffset) {
        return new SavedStream(id, file, identity, newOffset, end, state);
    }
}
