package logyard.core.sieve;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import logyard.config.ConfigBinder;
import logyard.config.ConfigException;
import logyard.core.event.Keys;
import logyard.core.settings.EventSpec;
import org.jspecify.annotations.Nullable;

/** Reads specs one by one: what is wrong with one is noted, and the others count. */
final class SpecReader {
    private static final String ROOT = "events";

    /** What the search for the substrings of one group may be made of. */
    private static final int MAX_GROUP_BYTES = 20_000;

    private static final int MOST_SHOWN = 80;

    private final Map<String, List<EventRule>> groups = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** @param events all groups; none if null */
    SpecReader(@Nullable JsonNode events) {
        if (events == null) {
            return;
        }
        if (!events.isObject()) {
            problems.add(ROOT + " must be an object of groups, got " + shortened(events));
        }
        events.properties().forEach(group -> readGroup(group.getKey(), group.getValue()));
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    }

    static String place(String group, String name) {
        return ROOT + "/" + group + "/" + name;
    }

    /** The specs that can be used, by group. */
    Map<String, List<EventRule>> groups() {
        return groups;
    }

    /** What is wrong with the others. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private void readGroup(String group, JsonNode specs) {
        String place = ROOT + "/" + group;
        if (!specs.isObject()) {
            problems.add(place + " must be an object of specs, got " + shortened(specs));
        } else if (group.equals(Sieve.OWN_LOG)) {
            problems.add(place + ": lines of " + group + " itself never make events, to keep it from going round");
        } else if (!Keys.isName(group)) {
            problems.add(place + ": no log has such a name; a group is the name of a log, or " + Sieve.ALL);
        } else {
            specs.properties().forEach(spec -> readSpec(group, spec.getKey(), spec.getValue()));
        }
    }

    private void readSpec(String group, String name, JsonNode value) {
        String place = place(group, name);
        try {
            EventRule rule = EventRule.of(name, ConfigBinder.bind(value, EventSpec.class, place));
            List<EventRule> rules = groups.computeIfAbsent(group, none -> new ArrayList<>());
            Optional<String> conflict = conflict(group, rule, rules);
            if (conflict.isPresent()) {
                problems.add(place + ": " + conflict.get());
            } else {
                rules.add(rule);
            }
        } catch (ConfigException e) {
            e.problems().forEach(problem -> problems.add(problem.contains(place) ? problem : place + ": " + problem));
        }
    }

    private static Optional<String> conflict(String group, EventRule rule, List<EventRule> rules) {
        String substring = rule.spec().substring();
        int bytes = length(substring);
        for (EventRule other : rules) {
            if (other.spec().substring().equals(substring)) {
                return Optional.of("the substring \"" + substring + "\" is that of " + other.name()
                        + ", too; it must be unique in its group");
            }
            bytes += length(other.spec().substring());
        }
        if (bytes > MAX_GROUP_BYTES) {
            return Optional.of("the substrings of a group must have " + MAX_GROUP_BYTES + " bytes at most together");
        }
        if (!group.equals(Sieve.ALL) && !rule.mayBeOf(group)) {
            return Optional.of("processes must name " + group + ", the only log this group is for");
        }
        return Optional.empty();
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
