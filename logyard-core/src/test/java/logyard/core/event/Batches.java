package logyard.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Batches for tests, and what is in them. */
public final class Batches {
    private Batches() {}

    /** A batch of a stream whose events are {@code from + 1}, {@code from + 2}, … and say so. */
    public static BatchFrame counting(String client, StreamId stream, long from, int count) {
        var builder = new BatchBuilder(client, stream, from);
        for (long position = from + 1; position <= from + count; position++) {
            builder.event().append(event(stream, position));
            builder.endEvent(position);
        }
        return builder.finish();
    }

    /** The event of a counting stream that ends at {@code position}. */
    public static String event(StreamId stream, long position) {
        return "event.n {\"stream\":" + stream.low() + ",\"n\":" + position + "}";
    }

    /** All events of a frame, batch or single. */
    public static List<String> events(byte[] frame) {
        List<String> found = new ArrayList<>();
        var events = new Events().over(frame);
        while (events.next()) {
            Message message = events.message();
            found.add(new String(message.bytes(), message.start(), message.end() - message.start(), UTF_8));
        }
        return found;
    }
}
