package logyard.kato.log.top;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import logyard.core.figures.DrainFigures;
import logyard.core.figures.FiguresDocument;
import logyard.core.router.StreamCount;

/**
 * What one node sent at once.
 *
 * @param started when its core started
 * @param elapsed how long ago that was, by the node's own clock that nobody sets
 * @param events that came in, of all streams
 * @param bytes of those events
 * @param streams by name
 * @param drains by name
 * @param leftOut how many streams and drains had no place in it
 */
record NodeSample(
        Instant started,
        Duration elapsed,
        long events,
        long bytes,
        Map<String, StreamCount> streams,
        Map<String, DrainFigures> drains,
        int leftOut) {
    NodeSample {
        streams = Collections.unmodifiableMap(streams);
        drains = Collections.unmodifiableMap(drains);
    }

    static NodeSample of(FiguresDocument document) {
        Map<String, StreamCount> streams = new TreeMap<>();
        document.figures().streams().forEach(stream -> streams.put(stream.name(), stream));
        Map<String, DrainFigures> drains = new TreeMap<>();
        document.figures().drains().forEach(drain -> drains.put(drain.name(), drain));
        return new NodeSample(
                document.figures().started(),
                document.figures().elapsed(),
                document.events(),
                document.bytes(),
                streams,
                drains,
                document.streamsLeftOut() + document.drainsLeftOut());
    }

    /** A number of a stream; 0 if it is not there. */
    long stream(String name, ToLongFunction<StreamCount> number) {
        StreamCount stream = streams.get(name);
        return stream == null ? 0 : number.applyAsLong(stream);
    }

    /** A number of a drain; 0 if it is not there. */
    long drain(String name, ToLongFunction<DrainFigures> number) {
        DrainFigures drain = drains.get(name);
        return drain == null ? 0 : number.applyAsLong(drain);
    }

    /** Whether a stream that is not there is new, rather than left out. */
    boolean knowsStream(String name) {
        return leftOut == 0 || streams.containsKey(name);
    }

    /** Whether a drain that is not there is new, rather than left out. */
    boolean knowsDrain(String name) {
        return leftOut == 0 || drains.containsKey(name);
    }
}
