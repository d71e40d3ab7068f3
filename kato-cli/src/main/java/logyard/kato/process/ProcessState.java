package logyard.kato.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import logyard.core.daemon.Registration;

/**
 * How one process of a node is.
 *
 * @param state {@code RUNNING}, {@code STARTING}, {@code STOPPED} or {@code FATAL}
 * @param pid empty if there is no process, or it is not known
 * @param since when it entered the state, in seconds since 1970; empty if that is not known
 * @param notes what else is to be said of it, to people
 */
public record ProcessState(String state, OptionalLong pid, OptionalLong since, List<String> notes) {
    static final String STOPPED = "STOPPED";
    static final String FATAL = "FATAL";

    public ProcessState {
        notes = List.copyOf(notes);
    }

    /** Nothing of it is there. */
    static ProcessState stopped(String... notes) {
        return new ProcessState(STOPPED, OptionalLong.empty(), OptionalLong.empty(), List.of(notes));
    }

    /** What a process says of itself in the tree; one that says less runs. */
    static ProcessState registered(JsonNode json) {
        List<String> notes = new ArrayList<>();
        int problems = json.path("problem_count").asInt();
        if (problems > 0) {
            notes.add((problems == 1 ? "1 problem: " : problems + " problems, such as: ")
                    + json.path("problems").path(0).asText());
        }
        return new ProcessState(
                json.path("state").asText(Registration.RUNNING),
                number(json.path("pid")),
                number(json.path("since")),
                notes);
    }

    /** What systemd says of one that is not registered in the tree. */
    static ProcessState bySystemd(Unit unit) {
        if (!unit.isInstalled()) {
            return stopped("there is no " + unit.name() + " here");
        }
        if (unit.isUp()) { // it has begun, or cannot reach ZooKeeper to say more
            return new ProcessState(
                    Registration.STARTING,
                    unit.pid(),
                    OptionalLong.empty(),
                    List.of("not registered yet; " + unit.name() + " is " + unit.state()));
        }
        if (unit.isFailed()) {
            return new ProcessState(
                    FATAL, OptionalLong.empty(), OptionalLong.empty(), List.of("see: journalctl -u " + unit.name()));
        }
        return stopped(unit.isEnabled() ? unit.name() + " is enabled" : unit.name() + " is not enabled");
    }

    /** The same, with more to be said of it. */
    ProcessState withNotes(List<String> more) {
        List<String> all = new ArrayList<>(more);
        all.addAll(notes);
        return new ProcessState(state, pid, since, all);
    }

    private static OptionalLong number(JsonNode json) {
        return json.canConvertToLong() && json.isIntegralNumber()
                ? OptionalLong.of(json.asLong())
                : OptionalLong.empty();
    }

    public boolean isReady() {
        return state.equals(Registration.RUNNING);
    }

    public boolean isUp() {
        return isReady() || state.equals(Registration.STARTING);
    }

    /** For programs; what is not known is null. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("state", state);
        json.set("pid", node(pid));
        json.set("since", node(since));
        return json;
    }

    private static JsonNode node(OptionalLong number) {
        return number.isPresent()
                ? JsonNodeFactory.instance.numberNode(number.getAsLong())
                : JsonNodeFactory.instance.nullNode();
    }

    /** For people: everything but the state. */
    public List<String> details() {
        List<String> details = new ArrayList<>();
        pid.ifPresent(number -> details.add("pid " + number));
        since.ifPresent(second -> details.add("since " + time(second)));
        details.addAll(notes);
        return details;
    }

    private static String time(long second) {
        try {
            return Instant.ofEpochSecond(second).toString();
        } catch (DateTimeException e) {
            return String.valueOf(second);
        }
    }
}
