package logyard.kato.config;

import java.util.List;
import java.util.stream.Stream;
import logyard.kato.output.Printable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which setting a command changes. */
public final class Place {
    @Option(
            names = "--force",
            description = "Also change what is unusual: unknown keys, other types, built-in drains, formats in use.")
    private boolean force;

    @Parameters(index = "0", paramLabel = "COMPONENT", description = "Whose setting, such as systail.")
    private String component = "";

    @Parameters(index = "1", paramLabel = "KEY", description = "Which one, such as log_files/dpkg; / is all of them.")
    private String key = "";

    boolean force() {
        return force;
    }

    Component component(ConfiguredSettings settings) {
        return settings.component(component);
    }

    /** The names that lead there, the component's first. */
    List<String> way() {
        return Stream.concat(Stream.of(component), key().names().stream()).toList();
    }

    KeyPath key() {
        return KeyPath.parse(key);
    }

    /** As it was typed, safe to print. */
    @Override
    public String toString() {
        return Printable.text(component + " " + key);
    }
}
