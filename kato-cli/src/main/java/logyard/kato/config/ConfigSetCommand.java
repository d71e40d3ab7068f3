package logyard.kato.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import logyard.config.ConfigException;
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

/** {@code kato config set}. */
@Command(
        name = "set",
        description = "Set a setting, or a whole map of them. It is checked first, then every daemon obeys it at once.",
        footer = {
            "",
            "A value that is JSON is taken as that, any other as text. A map replaces the one there is.",
            "",
            "Examples:",
            "  kato config set systail log_files/dpkg /var/log/dpkg.log",
            "  kato config set systail log_files '{\"dpkg\": \"/var/log/dpkg.log\", \"dea\": \"\"}'",
            "  kato config set logyard retrylimits/papertrail 10h",
            "  kato config set --yaml cloud_events / < events.yml"
        })
public final class ConfigSetCommand implements Callable<Integer> {
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

    public ConfigSetCommand(ConfiguredSettings settings, Console console, InputStream in) {
        this.settings = settings;
        this.console = console;
        this.in = in;
    }

    @Override
    public Integer call() {
        Component component = place.component(settings);
        KeyPath key = place.key();
        List<JsonNode> meanings = form.meanings(spec.commandLine(), value, in, Secrets.isSecret(place.way()));
        if (settings.awaitsDefaults(component)) {
            console.warn(
                    "no core has come to this cluster yet; the first one adds the packaged defaults that are missing"
                            + " (kato config import --defaults does so now)");
        }
        JsonNode set = set(component, key, meanings);
        console.out().println("Set " + place + ": " + DocumentFormat.JSON.render(Secrets.masked(place.way(), set)));
        return ExitCode.OK;
    }

    /** Sets the first meaning that is right; of several that are wrong the likeliest is what to tell of. */
    private JsonNode set(Component component, KeyPath key, List<JsonNode> meanings) {
        ConfigException refusal = null;
        for (JsonNode meaning : component.rules().isStrict() ? meanings : meanings.subList(0, 1)) {
            try {
                settings.change(component, key, place.force(), edit -> edit.with(meaning));
                return meaning;
            } catch (ConfigException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        throw Objects.requireNonNull(refusal);
    }
}
