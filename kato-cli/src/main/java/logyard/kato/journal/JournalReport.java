package logyard.kato.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import logyard.kato.output.Console;
import logyard.kato.output.Printable;

/** What is in a journal, for people. */
record JournalReport(JsonNode content) {
    private static final int KEYS_SHOWN = 5;

    void print(Console console) {
        PrintWriter out = console.out();
        out.printf(
                "Journal %s: positions %s to %s, %s bytes%n",
                content.path("folder").asText(),
                content.path("first").asText(),
                content.path("end").asText(),
                content.path("bytes").asText());
        out.println();
        out.println("SEGMENT                 BYTES     EVENTS  FROM .. TO; KEYS");
        content.path("segments").forEach(segment -> out.println(segment(segment)));
        out.println();
        out.println("STREAM                            CLIENT      POSITION");
        content.path("streams")
                .forEach(stream -> out.printf(
                        "%s  %-10s  %s%n",
                        stream.path("id").asText(),
                        Printable.text(stream.path("client").asText()),
                        stream.path("position").asText()));
        out.println();
        out.println("DRAIN                     POSITION      BEHIND");
        content.path("drains")
                .forEach(drain -> out.printf(
                        "%-24s  %-12s  %s events, %s bytes of journal%n",
                        Printable.text(drain.path("name").asText()),
                        drain.path("position").asText(),
                        drain.path("behind_events").asText(),
                        drain.path("behind_bytes").asText()));
    }

    private static String segment(JsonNode segment) {
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, JsonNode> key : segment.path("keys").properties()) {
            keys.add(Printable.text(key.getKey()) + "=" + key.getValue().asText());
        }
        int more = keys.size() - KEYS_SHOWN;
        String shown = String.join(" ", more > 0 ? keys.subList(0, KEYS_SHOWN) : keys);
        return String.format(
                "%020d %8d %10s  %s .. %s; %s%s",
                segment.path("base").asLong(),
                segment.path("bytes").asLong(),
                segment.path("events").asText("?"),
                segment.path("first_time").asText("-"),
                segment.path("last_time").asText("-"),
                shown,
                more > 0 ? " and " + more + " more" : "");
    }
}
