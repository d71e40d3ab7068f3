package logyard.kato.log.top;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;

/** Figures as JSON, for programs: by node, and by stream and drain of all nodes together. Rates that are not known are null. */
final class TopDocument {
    private static final String EVENTS_PER_SECOND = "events_per_second";
    private static final String BYTES_PER_SECOND = "bytes_per_second";

    private TopDocument() {}

    static ObjectNode of(ClusterFigures figures) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ObjectNode nodes = all.putObject("nodes");
        figures.nodes().forEach(row -> fill(nodes.putObject(row.view().node()), row.view()));
        ObjectNode streams = all.putObject("streams");
        ObjectNode drains = all.putObject("drains");
        fill(streams, drains, figures);
        return all.put("left_out", figures.leftOut());
    }

    private static void fill(ObjectNode node, NodeView view) {
        ClusterFigures own = ClusterFigures.of(List.of(view));
        node.put("state", view.state().label());
        rates(node, own.eventsPerSecond(), own.bytesPerSecond());
        fill(node.putObject("streams"), node.putObject("drains"), own);
        node.put("left_out", own.leftOut());
    }

    private static void fill(ObjectNode streams, ObjectNode drains, ClusterFigures figures) {
        figures.streams()
                .forEach(row -> rates(streams.putObject(row.name()), row.eventsPerSecond(), row.bytesPerSecond())
                        .put("events", row.events())
                        .put("bytes", row.bytes())
                        .put("nodes", row.nodes()));
        figures.drains().forEach(row -> {
            ObjectNode drain = rates(drains.putObject(row.name()), row.eventsPerSecond(), row.bytesPerSecond())
                    .put("state", row.state())
                    .put("nodes_in_state", row.inState())
                    .put("nodes", row.nodes())
                    .put("delivered", row.delivered())
                    .put("pending", row.pending())
                    .put("lag_seconds", row.lag().toMillis() / 1000.0)
                    .put("dropped", row.dropped());
            row.error().ifPresent(error -> drain.put("error", error));
        });
    }

    private static ObjectNode rates(ObjectNode json, OptionalDouble events, OptionalDouble bytes) {
        return put(put(json, EVENTS_PER_SECOND, events), BYTES_PER_SECOND, bytes);
    }

    private static ObjectNode put(ObjectNode json, String name, OptionalDouble rate) {
        return rate.isPresent() ? json.put(name, rate.getAsDouble()) : json.putNull(name);
    }
}
