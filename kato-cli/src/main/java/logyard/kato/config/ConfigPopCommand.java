package logyard.kato.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import logyard.config.ConfigSubtree;
import logyard.kato.command.CommandFailedException;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentFormat;
import logyard.kato.secret.Secrets;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code kato config pop}. */
@Command(
        name = "pop",
        description = "Remove the last value of a list, and show it.",
        footer = {"", "Example: kato config pop cluster dns/servers"})
public final class ConfigPopCommand implements Callable<Integer> {
    private final ConfiguredSettings settings;
    private final Console console;

    @Mixin
    private Place place;

    public ConfigPopCommand(ConfiguredSettings settings, Console console) {
        this.settings = settings;
        this.console = console;
    }

    @Override
    public Integer call() {
        var popped = new AtomicReference<JsonNode>(MissingNode.getInstance());
        settings.change(place.component(settings), place.key(), place.force(), edit -> pop(edit, popped));
        console.out()
                .println("Popped from " + place + ": "
                        + DocumentFormat.JSON.render(Secrets.masked(place.way(), popped.getPlain())));
        return ExitCode.OK;
    }

    private ConfigSubtree pop(KeyEdit edit, AtomicReference<JsonNode> popped) {
        ArrayNode list = edit.list().orElseThrow(() -> new CommandFailedException("there is no " + place));
        if (list.isEmpty()) {
            throw new CommandFailedException(place + " is empty: there is nothing to pop");
        }
        popped.set(list.remove(list.size() - 1));
        return edit.with(list);
    }
}
