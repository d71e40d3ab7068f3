package logyard.kato.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import logyard.config.ConfigSubtree;
import logyard.config.Suggestion;
import logyard.core.daemon.Setting;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentFormat;
import logyard.kato.output.Printable;
import logyard.kato.secret.Secrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kato config get}. */
@Command(
        name = "get",
        description = "Show settings: all of them, those of a component, or those at and below a key.",
        footer = {
            "",
            "Examples:",
            "  kato config get logyard drainformats",
            "  kato config get --json systail log_files/dpkg",
            "  kato config get --flat"
        })
public final class ConfigGetCommand implements Callable<Integer>, ReadsOnly {
    private final ConfiguredSettings settings;
    private final Cluster cluster;
    private final Console console;

    @ArgGroup
    private Form form = new Form();

    @Option(names = "--show-secrets", description = "Show passwords and tokens, too.")
    private boolean showSecrets;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "COMPONENT",
            description = "Whose settings; all if not given.")
    private @Nullable String component;

    @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "Which of them, such as log_files/dpkg.")
    private String key = "";

    private static final class Form {
        @Option(
                names = {"-y", "--yaml"},
                description = "Show them as YAML, as if nothing was asked for.")
        private boolean yaml;

        @Option(
                names = {"-j", "--json"},
                description = "Show them as JSON.")
        private boolean json;

        @Option(
                names = {"-f", "--flat"},
                description = "Show each value on a line, after its place in the tree.")
        private boolean flat;
    }

    public ConfigGetCommand(ConfiguredSettings settings, Cluster cluster, Console console) {
        this.settings = settings;
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (Components.LOCAL.equals(component)) {
            ObjectNode local = JsonNodeFactory.instance.objectNode();
            for (Setting setting : Setting.values()) {
                local.put(setting.key(), cluster.settings().text(setting));
            }
            showLocal(local);
        } else if (component == null) {
            showAll();
        } else {
            showOne(settings.component(component), KeyPath.parse(key));
        }
        return ExitCode.OK;
    }

    private void showLocal(ObjectNode local) {
        if (key.isEmpty()) {
            show(List.of(Components.LOCAL), local, "");
        } else if (local.has(key)) {
            show(List.of(Components.LOCAL, key), local.path(key), key);
        } else {
            throw noSuch(key, Components.LOCAL, local);
        }
    }

    private void showAll() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        settings.readAll().forEach((component, values) -> {
            warnOfProblems(component, values, KeyPath.parse(""));
            if (form.flat) {
                show(
                        List.of(component.name()),
                        values.toJson(),
                        component.root().toString());
            } else if (!values.values().isEmpty()) {
                all.set(component.name(), values.toJson());
            }
        });
        if (!form.flat) {
            show(List.of(), all, "");
        }
    }

    private void showOne(Component component, KeyPath path) {
        ConfigSubtree values = settings.read(component);
        warnOfProblems(component, values, path);
        JsonNode at = values.toJson();
        for (int i = 0; i < path.length(); i++) {
            JsonNode above = at;
            at = at.path(path.names().get(i));
            if (at.isMissingNode()) {
                throw noSuch(path.first(i + 1).toString(), component.name(), above);
            }
        }
        String place = component.root() + (path.length() == 0 ? "" : "/" + path);
        show(Stream.concat(Stream.of(component.name()), path.names().stream()).toList(), at, place);
    }

    private static CommandFailedException noSuch(String key, String component, JsonNode above) {
        String last = key.substring(key.lastIndexOf('/') + 1);
        return new CommandFailedException("there is no " + key + " in " + component
                + Suggestion.nearest(last, names(above))
                        .map(meant -> "; did you mean " + meant + "?")
                        .orElse(""));
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private void warnOfProblems(Component component, ConfigSubtree values, KeyPath path) {
        values.problems().forEach((key, problem) -> {
            if (path.holds(key)) {
                console.warn(component.name() + " " + key + " " + problem);
            }
        });
    }

    private void show(List<String> way, JsonNode value, String place) {
        JsonNode shown = showSecrets ? value : Secrets.masked(way, value);
        if (form.flat) {
            showFlat(shown, place);
        } else {
            DocumentFormat asked = form.json && !form.yaml ? DocumentFormat.JSON : DocumentFormat.YAML;
            console.out().println(asked.render(shown));
        }
    }

    private void showFlat(JsonNode value, String place) {
        if (value.isObject()) {
            value.properties()
                    .forEach(field -> showFlat(
                            field.getValue(), place.isEmpty() ? field.getKey() : place + "/" + field.getKey()));
        } else {
            console.out().println(Printable.text(place) + " " + DocumentFormat.JSON.render(value));
        }
    }
}
