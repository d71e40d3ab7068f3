package logyard.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import logyard.core.daemon.Setting;

/** All settings, those of a node and those of the cluster: docs/settings.md. */
public final class SettingsDocument {
    /** By the names that kato has for them. */
    private static final List<String> COMPONENTS = List.of("logyard", "systail", "apptail", "cloud_events");

    private static final String BEGINNING = """
            # Settings

            Made of the code and of the packaged defaults: a change here is a change of theirs.

            ## Of a node

            In `/etc/logyard/logyard.properties`, or the file that `--conf` or `$LOGYARD_CONF` names; a line `KEY=VALUE` for each. Over it go the variables
            of the environment, and over those `--set KEY=VALUE`. All daemons of a node, and kato there, must have the same. A change takes effect when the
            daemons are restarted (`systemctl restart logyard.target`; `logyard --check` tells beforehand whether it is of use). Sizes may have a unit (`512MiB`), times too
            (`100ms`).

            """;

    private static final String CLUSTER = """

            ## Of the cluster

            In the tree in ZooKeeper, by `kato config set COMPONENT KEY VALUE`, where the component is the title below; daemons obey at once. The first
            core of a cluster writes these defaults there. After that an upgrade changes nothing: `kato config get COMPONENT` shows what counts. `kato config --help`
            has more.

            """;

    /** What others than Logyard own, and has no default. */
    private static final String SHARED = """
            ### cluster, cloud_controller

            They belong to others, too, and have no defaults.

            | component, key | meaning |
            |---|---|
            | `cluster mbusip` | Where the Redis of `stackato-core` is, at port 6464: an address or host name. |
            | `cloud_controller mbus` | Where NATS is, such as `nats://10.0.0.1:4222/`, for apptail; `apptail.nats` of a node goes before it. |
            | `cloud_controller info/name` | The brand in events about applications; `stackato` if there is none. |
            """;

    private SettingsDocument() {}

    /** In Markdown. */
    static String document() {
        var text = new StringBuilder(BEGINNING);
        text.append("| setting | default | meaning | environment |\n|---|---|---|---|\n");
        Arrays.stream(Setting.values()).map(SettingsDocument::row).forEach(text::append);
        text.append(CLUSTER);
        COMPONENTS.forEach(component -> component(component, CommentedDefaults.of(component), text));
        return text.append(SHARED).toString();
    }

    private static String row(Setting setting) {
        return "| `" + setting.key() + "` | " + shown(setting.absent()) + " | " + cell(setting.meaning()) + " | `"
                + setting.variable() + "` |\n";
    }

    /** Long lists may be broken behind a comma. */
    private static String shown(String value) {
        return value.isEmpty()
                ? "none"
                : Arrays.stream(value.split("(?<=,)"))
                        .map(part -> "`" + part + "`")
                        .collect(Collectors.joining(" "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static void component(String name, CommentedDefaults defaults, StringBuilder text) {
        text.append("### ")
                .append(name)
                .append("\n\n")
                .append(defaults.about().get(0))
                .append("\n\n");
        List<CommentedDefaults.Key> scalars =
                defaults.keys().stream().filter(key -> key.below().isEmpty()).toList();
        if (!scalars.isEmpty()) {
            text.append("| key | default | meaning |\n|---|---|---|\n");
            scalars.forEach(key -> text.append("| `")
                    .append(key.name())
                    .append("` | `")
                    .append(key.value())
                    .append("` | ")
                    .append(cell(String.join(" ", key.comment())))
                    .append(" |\n"));
            text.append('\n');
        }
        defaults.keys().stream().filter(key -> !key.below().isEmpty()).forEach(key -> map(key, text));
    }

    /** What has entries of any number, and so comes with examples: those packaged. */
    private static void map(CommentedDefaults.Key key, StringBuilder text) {
        text.append("**`").append(key.name()).append("/…`**\n\n");
        List<String> fields = new ArrayList<>();
        for (String line : key.comment()) {
            String[] field = line.strip().split("\\s{2,}", 2);
            if (line.startsWith(" ") && field.length == 2) {
                fields.add("* `" + field[0] + "`: " + field[1]);
            } else {
                text.append(line).append('\n');
            }
        }
        text.append(fields.isEmpty() ? "" : "\n" + String.join("\n", fields) + "\n");
        text.append("\n```yaml\n").append(String.join("\n", key.below())).append("\n```\n\n");
    }
}
