package logyard.kato.output;

import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options {@code -y} and {@code -j} of a command that shows data. */
public final class DocumentOptions {
    @ArgGroup
    private Choice choice = new Choice();

    private static final class Choice {
        @Option(
                names = {"-y", "--yaml"},
                description = "Show it as YAML.")
        private boolean yaml;

        @Option(
                names = {"-j", "--json"},
                description = "Show it as JSON.")
        private boolean json;
    }

    /** The form that was asked for; none is text for people. */
    public Optional<DocumentFormat> format() {
        if (choice.yaml) {
            return Optional.of(DocumentFormat.YAML);
        }
        return choice.json ? Optional.of(DocumentFormat.JSON) : Optional.empty();
    }
}
