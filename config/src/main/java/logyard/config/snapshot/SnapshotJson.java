package logyard.config.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.DurableFile.NewerVersionException;
import logyard.config.snapshot.Snapshot.Mark;
import logyard.config.snapshot.Snapshot.State;

/**
 * A snapshot as JSON, described in {@code docs/formats.md}.
 *
 * <pre>
 * {"version": 1,
 *  "mark": {"id": "7-1366305302000", "filled": true, "confirmed": 0, "doubt": null},
 *  "states": {"/proc/logyard/config/systail": {"zxid": 9, "values": {"max_record_size": 4096}, "problems": {}}}}
 * </pre>
 */
final class SnapshotJson {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private SnapshotJson() {}

    static byte[] write(Snapshot snapshot) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", VERSION);
        Mark mark = snapshot.mark();
        json.putObject("mark")
                .put("id", mark.id())
                .put("filled", mark.filled())
                .put("confirmed", mark.confirmed())
                .put("doubt", mark.doubt());
        ObjectNode states = json.putObject("states");
        snapshot.states().forEach((root, state) -> {
            ObjectNode written = states.putObject(root.toString()).put("zxid", state.zxid());
            written.putObject("values").setAll(state.subtree().values());
            ObjectNode problems = written.putObject("problems");
            state.subtree().problems().forEach(problems::put);
        });
        return JSON.writeValueAsBytes(json);
    }

    /** Throws {@link NewerVersionException} for a format that came later, and {@link IOException} for any damage. */
    static Snapshot read(Path file, byte[] bytes) throws IOException {
        JsonNode json = JSON.readTree(bytes);
        try {
            int version = json.required("version").intValue();
            if (version > VERSION) {
                throw new NewerVersionException(file, version, VERSION);
            }
            if (version < 1) {
                throw new IOException("it is damaged: its version is " + json.get("version"));
            }
            JsonNode mark = json.required("mark");
            var states = new TreeMap<ConfigPath, State>();
            json.required("states")
                    .properties()
                    .forEach(state -> states.put(ConfigPath.parse(state.getKey()), state(state.getValue())));
            return new Snapshot(
                    new Mark(
                            mark.required("id").asText(),
                            mark.required("filled").booleanValue(),
                            mark.required("confirmed").longValue(),
                            mark.required("doubt").textValue()),
                    states);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is damaged: " + e.getMessage(), e);
        }
    }

    private static State state(JsonNode json) {
        SortedMap<String, JsonNode> values = new TreeMap<>();
        json.required("values").properties().forEach(value -> values.put(value.getKey(), value.getValue()));
        SortedMap<String, String> problems = new TreeMap<>();
        json.required("problems")
                .properties()
                .forEach(problem ->
                        problems.put(problem.getKey(), problem.getValue().asText()));
        return new State(json.required("zxid").longValue(), new ConfigSubtree(values, problems));
    }
}
