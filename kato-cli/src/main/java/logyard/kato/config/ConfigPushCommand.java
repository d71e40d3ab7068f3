package logyard.kato.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.InputStream;
import java.util.concurrent.Callable;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentFormat;
import logyard.kato.secret.Secrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kato config push}. */
@Command(
        name = "push",
        description = "Append a value to a list; makes the list if there is none.",
        footer = {"", "Example: kato config push cluster dns/servers 10.0.0.2"})
public final class ConfigPushCommand implements Callable<Integer> {
    private final ConfiguredSettings settings;
    private final Console console;
    private final InputStream in;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place;

    @Mixin
    private ValueForm form;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "VALUE",
            description = "The value; read from stdin if not given.")
    private @Nullable String value;

    public ConfigPushCommand(ConfiguredSettings settings, Console console, InputStream in) {
        this.settings = settings;
        this.console = console;
        this.in = in;
    }

    @Override
    public Integer call() {
        JsonNode element = form.meanings(spec.commandLine(), value, in, Secrets.isSecret(place.way()))
                .get(0);
        settings.change(place.component(settings), place.key(), place.force(), edit -> {
            ArrayNode list = edit.list().orElseGet(JsonNodeFactory.instance::arrayNode);
            return edit.with(list.add(element));
        });
        console.out()
                .println(
                        "Pushed to " + place + ": " + DocumentFormat.JSON.render(Secrets.masked(place.way(), element)));
        return ExitCode.OK;
    }
}
