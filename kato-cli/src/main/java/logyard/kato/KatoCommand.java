package logyard.kato;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import logyard.core.daemon.Settings;
import logyard.core.daemon.Version;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kato} itself: its commands say what it does. */
@Command(
        name = "kato",
        description = "Administer Logyard on this cluster.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Each command has a --help of its own.", "", "Example: kato log drain list"})
final class KatoCommand {
    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "Local settings; $$LOGYARD_CONF or /etc/logyard/logyard.properties if not given.")
    private @Nullable Path conf;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One setting, over all files; may be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    /** The settings of this node, with what the command line says. */
    Settings settings() {
        return Settings.load(Optional.ofNullable(conf), set, System.getenv());
    }
}
