package logyard.kato.log.drain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import logyard.core.drain.DrainSpec;
import logyard.core.event.Keys;
import logyard.core.event.Message;

/** The one line that a test of a drain sends: an event that has a text in the fields of all streams. */
final class TestLine {
    private TestLine() {}

    /** With a key that the drain wants. */
    static Message of(DrainSpec spec, String node) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now.atZone(ZoneId.systemDefault()));
        String text = "This is a test of the drain " + spec.name() + ", sent with kato log drain test by "
                + System.getProperty("user.name") + " on " + node + " at " + time;
        String filter = spec.uri().filters().get(0);
        String key = filter.endsWith(" ")
                ? Keys.withoutEnd(filter)
                : (filter.isEmpty() ? "systail" : filter.replaceFirst("\\.$", "")) + ".kato-test";
        var value = JsonNodeFactory.instance.objectNode();
        value.put("name", "kato").put("text", text).put("desc", text).put("type", "kato_test");
        value.put("node_id", node).put("unix_time", now.getEpochSecond()).put("human_time", time);
        var message = new Message();
        byte[] frame = (key + " " + value).getBytes(StandardCharsets.UTF_8);
        message.pointAt(frame, 0, frame.length);
        return message;
    }
}
