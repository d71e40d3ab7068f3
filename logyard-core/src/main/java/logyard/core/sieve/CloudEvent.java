package logyard.core.sieve;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import logyard.core.event.ByteBuilder;
import logyard.core.event.EventTime;
import logyard.core.event.JsonText;
import logyard.core.event.Keys;

/**
 * What a line tells, before it is known whose line it is (spec 02 §2.4).
 *
 * @param description for people
 * @param severity INFO, WARNING or ERROR
 * @param info the same for programs, as JSON: an object, or {@code null}
 */
public record CloudEvent(String type, String description, String severity, String info) {
    /**
     * Appends the event as it travels, {@code event.<type> SP <json>}.
     *
     * @param line the line that tells it, whose process, node and time it has
     * @param zone of {@code human_time}
     */
    public void append(SystailLine line, ZoneId zone, ByteBuilder out) {
        byte[] escaped = escaped(description);
        out.append(Keys.event(type)).append(" {\"type\":\"").append(type).append("\",\"desc\":\"");
        out.append(escaped).append("\",\"severity\":\"").append(severity);
        out.append("\",\"info\":").append(info).append(",\"process\":\"");
        line.name().appendTo(out);
        out.append("\",\"text\":\"").append(escaped).append("\",\"node_id\":\"");
        line.node().appendTo(out);
        out.append("\",");
        EventTime.append(line.unixTime(), zone, out);
        out.append('}');
    }

    private static byte[] escaped(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteBuilder(utf8.length + 16);
        JsonText.append(utf8, 0, utf8.length, out);
        return out.toByteArray();
    }
}
