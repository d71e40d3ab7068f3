package logyard.kato.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import logyard.kato.output.DocumentFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options {@code -y} and {@code -j} of a command that is given a value. */
public final class ValueForm {
    @ArgGroup
    private Choice choice = new Choice();

    private static final class Choice {
        @Option(
                names = {"-y", "--yaml"},
                description = "The value is YAML.")
        private boolean yaml;

        @Option(
                names = {"-j", "--json"},
                description = "The value is JSON, and nothing else.")
        private boolean json;
    }

    /** What the value that was given to {@code command} may mean, the likeliest first. */
    List<JsonNode> meanings(CommandLine command, @Nullable String value, InputStream in) {
        try {
            return GivenValue.meanings(value, in, form());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, e.getMessage());
        }
    }

    private Optional<DocumentFormat> form() {
        if (choice.yaml) {
            return Optional.of(DocumentFormat.YAML);
        }
        return choice.json ? Optional.of(DocumentFormat.JSON) : Optional.empty();
    }
}
