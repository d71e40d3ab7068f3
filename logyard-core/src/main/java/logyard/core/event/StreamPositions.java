package logyard.core.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Up to where each stream has been taken in, so that repeats and gaps are seen. One thread.
 *
 * <p>Bounded: of {@value #MAX_STREAMS} streams the one that was silent longest is forgotten. Should it speak again, its
 * publisher's own account of what is safe is believed.
 */
public final class StreamPositions {
    /** Some 10 MB; a node follows a few hundred files, each a new stream at its rotation. */
    public static final int MAX_STREAMS = 65_536;

    private final Map<StreamId, StreamPosition> positions = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, StreamPosition> eldest) {
            return size() > MAX_STREAMS;
        }
    };

    /** Where one stream stands. */
    public record StreamPosition(String client, StreamId stream, long position) {}

    /** Where a stream stands; empty if it is not known. */
    public OptionalLong expected(StreamId stream) {
        StreamPosition known = positions.get(stream);
        return known == null ? OptionalLong.empty() : OptionalLong.of(known.position());
    }

    /** Everything of a stream up to {@code position} has been taken in. */
    public void advance(String client, StreamId stream, long position) {
        positions.put(stream, new StreamPosition(client, stream, position));
    }

    /** All streams known, the one that was silent longest first. */
    public List<StreamPosition> all() {
        return new ArrayList<>(positions.values());
    }
}
