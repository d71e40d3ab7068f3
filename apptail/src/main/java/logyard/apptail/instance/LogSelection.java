package logyard.apptail.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import logyard.apptail.root.InstanceRoot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which logs an instance has (spec 05 §7): those announced, else those that its environment names.
 *
 * @param logs at most {@value #MOST_LOGS}, with names that can be shown
 * @param warnings for the application's owner, in whose words the paths are given
 */
record LogSelection(List<NamedLog> logs, List<String> warnings) {
    static final int MOST_LOGS = 7;

    private static final Logger log = LoggerFactory.getLogger(LogSelection.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VARIABLE = "STACKATO_LOG_FILES";
    private static final String ENVIRONMENT = "home/stackato/etc/droplet.env.json";

    /** More of the environment is not read, as the original. */
    private static final int ENVIRONMENT_BYTES = 50_000;

    private static final int MOST_SHOWN = 200;
    private static final int MOST_WARNINGS = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Of an instance that names its logs. */
    static LogSelection of(List<NamedLog> announced) {
        return choose(announced, new ArrayList<>());
    }

    /** Of an instance that leaves it to its environment. */
    static LogSelection fromEnvironment(InstanceRoot root) {
        var warnings = new ArrayList<String>();
        var logs = new ArrayList<NamedLog>();
        for (String entry : variable(root, warnings).split(":")) {
            int equals = entry.indexOf('=');
            if (equals >= 0) {
                logs.add(new NamedLog(entry.substring(0, equals), entry.substring(equals + 1)));
            } else if (!entry.isEmpty()) {
                warnings.add("WARN -- Ignoring " + shown(entry) + " in " + VARIABLE + ": it must be name=path");
            }
        }
        return choose(logs, warnings);
    }

    private static String variable(InstanceRoot root, List<String> warnings) {
        try {
            byte[] json = root.beginning(root.path().resolve(ENVIRONMENT), ENVIRONMENT_BYTES);
            JsonNode value = JSON.readTree(json).path(VARIABLE);
            return value.isTextual() ? value.textValue() : "";
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            log.info(
                    "Cannot read the environment of the instance in {}: {}",
                    root,
                    e.getClass().getSimpleName());
            warnings.add("WARN -- Ignoring missing/inaccessible or unusable " + ENVIRONMENT);
            return "";
        }
    }

    /** The last ones count: those that everybody has come last. A name has one path, the last one, too. */
    private static LogSelection choose(List<NamedLog> given, List<String> warnings) {
        Map<String, NamedLog> chosen = new LinkedHashMap<>();
        for (NamedLog one : given) {
            if (NAME.matcher(one.name()).matches()) {
                chosen.remove(one.name());
                chosen.put(one.name(), one);
            } else {
                warnings.add("WARN -- Ignoring log " + shown(one.name())
                        + ": a name has 1 to 64 letters, digits, _, - and .");
            }
        }
        List<NamedLog> logs = List.copyOf(chosen.values());
        if (logs.size() > MOST_LOGS) {
            logs = logs.subList(logs.size() - MOST_LOGS, logs.size());
            warnings.add("WARN -- Only " + MOST_LOGS + " logs can be followed, using the last ones: "
                    + String.join(", ", logs.stream().map(NamedLog::name).toList()));
        }
        return new LogSelection(logs, few(warnings));
    }

    /** An environment can have thousands of wrong entries; each warning is an event, and takes room from others'. */
    private static List<String> few(List<String> warnings) {
        if (warnings.size() <= MOST_WARNINGS) {
            return warnings;
        }
        List<String> few = new ArrayList<>(warnings.subList(0, MOST_WARNINGS));
        few.add("WARN -- And " + (warnings.size() - MOST_WARNINGS) + " more warnings such as these");
        return few;
    }

    /** What a tenant wrote, and no more of it than is of use. */
    static String shown(String text) {
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    }

    /** The path on the host, still with all its dots and links. */
    static Path hostPath(InstanceRoot root, String given) {
        return Path.of(root.path() + (given.startsWith("/") ? "" : "/home/stackato/") + given);
    }
}
