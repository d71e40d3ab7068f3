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

    /**
     * What the value that was given to {@code command} may mean, the likeliest first.
     *
     * @param isSecret whether the value is one, which what is said of it must not repeat
     */
    List<JsonNode> meanings(CommandLine command, @Nullable String value, InputStream in, boolean isSecret) {
        try {
            return GivenValue.meanings(value, in, form());
        } catch (IllegalArgumentException e) {
            String form = form().map(DocumentFormat::name).orElse("JSON or text");
            throw new ParameterException(
                    command, isSecret ? "the value must be " + form + ", got something else" : e.getMessage());
        }
    }

    private Optional<DocumentFormat> form() {
        if (choice.yaml) {
            return Optional.of(DocumentFormat.YAML);
        }
        return choice.json ? Optional.of(DocumentFormat.JSON) : Optional.empty();
    }
}
