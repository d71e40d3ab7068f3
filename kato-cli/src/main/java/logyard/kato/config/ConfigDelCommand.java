package logyard.kato.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import logyard.config.Suggestion;
import logyard.kato.command.CommandFailedException;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code kato config del}. */
@Command(
        name = "del",
        description = "Delete a setting and all below it. A single value that is missing has its packaged default.",
        footer = {"", "Example: kato config del systail log_files/dpkg"})
public final class ConfigDelCommand implements Callable<Integer> {
    private final ConfiguredSettings settings;
    private final Console console;

    @Mixin
    private Place place;

    public ConfigDelCommand(ConfiguredSettings settings, Console console) {
        this.settings = settings;
        this.console = console;
    }

    @Override
    public Integer call() {
        Component component = place.component(settings);
        KeyPath key = place.key();
        if (key.length() == 0 && !place.force()) {
            throw new CommandFailedException(
                    "that would delete all settings of " + component.name() + "; --force does it all the same");
        }
        settings.change(component, key, place.force(), edit -> edit.without().orElseThrow(() -> noSuch(edit)));
        console.out().println("Deleted " + place);
        return ExitCode.OK;
    }

    private CommandFailedException noSuch(KeyEdit edit) {
        List<String> names = edit.key().length() == 0 ? List.of() : siblings(edit);
        String last = edit.key().length() == 0
                ? ""
                : edit.key().names().get(edit.key().length() - 1);
        return new CommandFailedException("there is no " + place
                + Suggestion.nearest(last, names)
                        .map(meant -> "; did you mean " + meant + "?")
                        .orElse(""));
    }

    private static List<String> siblings(KeyEdit edit) {
        var above = new KeyEdit(edit.before(), edit.key().first(edit.key().length() - 1), edit.depth());
        return above.value().stream()
                .flatMap(value -> value.properties().stream())
                .map(Map.Entry<String, JsonNode>::getKey)
                .toList();
    }
}
