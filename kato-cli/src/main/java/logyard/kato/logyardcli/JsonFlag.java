package logyard.kato.logyardcli;

import java.util.Optional;
import logyard.kato.output.DocumentFormat;
import picocli.CommandLine.Option;

/** The flag {@code -json}. */
final class JsonFlag {
    @Option(
            names = {"-json", "--json"},
            description = "Show the result as JSON.")
    private boolean isSet;

    /** The form that was asked for; none is text for people. */
    Optional<DocumentFormat> format() {
        return isSet ? Optional.of(DocumentFormat.JSON) : Optional.empty();
    }
}
