package logyard.kato.config.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import logyard.config.ConfigException;
import logyard.config.ConfigSubtree;
import logyard.config.MapDiff;
import logyard.config.Suggestion;
import logyard.core.drain.DrainUri;
import logyard.core.drain.Formats;
import logyard.core.drain.InvalidDrainException;
import logyard.core.supervision.RetryLimits;
import logyard.kato.command.CommandFailedException;
import logyard.kato.log.drain.ConfiguredDrains;

/**
 * The settings of the core: drains, their formats and their retry limits, each by the code with which the core starts a
 * drain.
 *
 * @param drains checks a drain as {@code kato log drain add} does
 */
public record DrainRules(ConfiguredDrains drains) implements Rules {
    /** What lists show in place of a secret; in a format it is behind an equals sign that is escaped. */
    private static final Pattern MASKED = Pattern.compile("\\*\\*\\*@|(?:=|:|%3[AaDd])\\+?\\*\\*\\*");

    /** The maps of the core's settings; what else is below them belongs to other components. */
    public static final Set<String> MAPS = new TreeSet<>(Set.of("drains", "drainformats", "retrylimits"));

    @Override
    public int depth() {
        return 2;
    }

    @Override
    public void check(ConfigSubtree before, ConfigSubtree after, boolean force) {
        List<String> problems = new ArrayList<>();
        Map<String, String> formats = texts(after, "drainformats");
        for (MapDiff.Change<JsonNode> change : MapDiff.between(before.values(), after.values())) {
            try {
                check(change, formats, force);
            } catch (ConfigException | InvalidDrainException | CommandFailedException e) {
                problems.add(e.getMessage());
            }
        }
        if (!force) {
            formatsInUse(before, after, problems);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private void check(MapDiff.Change<JsonNode> change, Map<String, String> formats, boolean force) {
        String[] names = change.name().split("/", 2);
        JsonNode value = change.after();
        if (!MAPS.contains(names[0])) {
            requireForce(names[0], force);
            return;
        }
        if (names[0].equals("drains") && names.length == 2) {
            drains.requireForceForBuiltIn(names[1], force);
        }
        if (value == null) {
            return;
        }
        if (names.length < 2 || names[1].contains("/") || !value.isTextual()) {
            throw new ConfigException(
                    change.name() + " must be " + (names.length < 2 ? "a map of texts" : "text") + ", got " + value);
        }
        switch (names[0]) {
            case "drains" -> checkDrain(names[1], value.textValue(), formats, force);
            case "drainformats" -> checkFormat(names[1], value.textValue());
            default -> {
                var unused = RetryLimits.parse(names[1], value.textValue());
            }
        }
    }

    private static void requireForce(String name, boolean force) {
        if (!force) {
            throw new ConfigException(
                    "unknown key " + name + Suggestion.hint(name, MAPS) + "; --force sets it all the same");
        }
    }

    private void checkDrain(String name, String uri, Map<String, String> formats, boolean force) {
        if (MASKED.matcher(uri).find()) {
            throw new ConfigException("drains/" + name + " holds *** where a secret belongs, got " + uri
                    + "; kato config get --show-secrets shows those that are set");
        }
        try {
            drains.check(name, uri, formats, force);
        } catch (InvalidDrainException e) {
            throw new ConfigException("drains/" + name + ": " + e.getMessage());
        }
    }

    private static void checkFormat(String name, String template) {
        try {
            Formats.check(name, template);
        } catch (InvalidDrainException e) {
            throw new ConfigException("drainformats/" + name + ": " + e.getMessage());
        }
    }

    /** The name of a format that is gone would be taken for a template, and each event would become that name. */
    private static void formatsInUse(ConfigSubtree before, ConfigSubtree after, List<String> problems) {
        Set<String> gone = new TreeSet<>(texts(before, "drainformats").keySet());
        gone.removeAll(texts(after, "drainformats").keySet());
        texts(after, "drains").forEach((drain, uri) -> {
            if (format(uri).filter(gone::contains).isPresent()) {
                problems.add("drainformats/" + format(uri).orElse("") + " is in use by the drain " + drain
                        + "; --force deletes it all the same");
            }
        });
    }

    private static Optional<String> format(String uri) {
        try {
            return DrainUri.parse(uri).format();
        } catch (InvalidDrainException e) {
            return Optional.empty();
        }
    }

    private static SortedMap<String, String> texts(ConfigSubtree config, String map) {
        SortedMap<String, String> texts = new TreeMap<>();
        config.below(map).values().forEach((name, value) -> {
            if (value.isTextual()) {
                texts.put(name, value.textValue());
            }
        });
        return texts;
    }
}
