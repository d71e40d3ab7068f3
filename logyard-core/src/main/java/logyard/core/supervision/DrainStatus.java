package logyard.core.supervision;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import logyard.core.router.Drop;
import logyard.core.router.DropReason;
import logyard.core.router.FeedCursor;

/**
 * What the tree says of one drain on one node.
 *
 * @param revision how often the state has changed, beginning with 1 for STOPPED
 * @param since when the state was entered
 * @param cursor where it stands; what came of its events
 * @param bytesWritten how many bytes were written to the target since the drain was made, those written again included
 * @param repeated how many events were sent again, whether or not they had arrived
 * @param refusals how often the target's node said that nobody took what was sent
 * @param opens how often the target was opened since the drain was made
 * @param failures how often it could not be opened, or failed while it was open
 */
public record DrainStatus(
        DrainState state,
        int revision,
        Instant since,
        FeedCursor cursor,
        long bytesWritten,
        long repeated,
        long refusals,
        long opens,
        long failures) {
    /** The same of a drain that has no way through the journal open just now, but stood somewhere before. */
    DrainStatus at(FeedCursor saved) {
        return new DrainStatus(state, revision, since, saved, bytesWritten, repeated, refusals, opens, failures);
    }

    /** As in the tree: {@code {"name":"RETRYING","rev":75,"error":"…","since":1366305302,…}}. */
    ObjectNode toJson() {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("name", state.label()).put("rev", revision);
        state.reasonIfAny().ifPresent(reason -> json.put("error", reason));
        json.put("since", since.getEpochSecond())
                .put("matched", cursor.matched())
                .put("delivered", cursor.account().delivered())
                .put("pending", cursor.pending())
                .put("dropped", cursor.account().dropped())
                .put("repeated", repeated);
        if (refusals > 0) {
            json.put("refusals", refusals);
        }
        Map<DropReason, Drop> drops = cursor.account().drops();
        if (!drops.isEmpty()) {
            ObjectNode reasons = json.putObject("drops");
            new TreeMap<>(drops)
                    .forEach((reason, drop) -> reasons.putObject(reason.label())
                            .put("events", drop.events())
                            .put("since", drop.since())
                            .put("announced", drop.announced()));
        }
        return json;
    }
}
