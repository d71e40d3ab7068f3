package logyard.kato.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import logyard.core.drain.Masking;
import logyard.core.secret.SecretNames;
import logyard.core.secret.SecretText;
import logyard.kato.secret.Secrets;

/**
 * The arguments of a command as everybody may see them: without the secrets. What is a value, is so by its place: behind
 * the key of a {@code config} command, behind an option, or behind an equals sign.
 */
final class ToldArguments {
    /** Of kato itself, before the command, with a value of their own. */
    private static final Set<String> WITH_VALUE = Set.of("--conf", "--set");

    /** Of the {@code config} commands; anything else behind the key is a value. */
    private static final Set<String> OPTIONS = Set.of("--force", "-y", "--yaml", "-j", "--json", "--defaults");

    private static final String END_OF_OPTIONS = "--";

    private ToldArguments() {}

    static List<String> of(List<String> arguments) {
        int command = 0;
        while (command < arguments.size() && arguments.get(command).startsWith("-")) {
            command += WITH_VALUE.contains(arguments.get(command)) ? 2 : 1;
        }
        boolean isConfig = command < arguments.size() && arguments.get(command).equals("config");
        if (!isConfig) {
            return ofOther(arguments);
        }
        return Stream.concat(
                        ofOther(arguments.subList(0, command + 1)).stream(),
                        ofConfig(arguments.subList(command + 1, arguments.size())).stream())
                .toList();
    }

    /** What is behind {@code config}: a command, a component, a key and a value, and options wherever they are. */
    private static List<String> ofConfig(List<String> arguments) {
        List<String> told = new ArrayList<>();
        List<String> words = new ArrayList<>();
        boolean areOptions = true;
        for (String argument : arguments) {
            if (areOptions && (argument.equals(END_OF_OPTIONS) || OPTIONS.contains(argument))) {
                areOptions = !argument.equals(END_OF_OPTIONS);
                told.add(argument);
            } else {
                told.add(words.size() < 3 ? Masking.value(argument) : value(words.get(1), words.get(2), argument));
                words.add(argument);
            }
        }
        return told;
    }

    private static String value(String component, String key, String value) {
        List<String> way = Stream.concat(Stream.of(component), Arrays.stream(key.split("/")))
                .filter(name -> !name.isEmpty())
                .toList();
        if (Secrets.isSecret(way)) {
            return SecretText.MASK;
        }
        return document(value)
                .map(document -> Secrets.masked(way, document).toString())
                .orElseGet(() -> Masking.value(value));
    }

    private static List<String> ofOther(List<String> arguments) {
        List<String> told = new ArrayList<>();
        boolean areOptions = true;
        boolean isSecret = false;
        for (String argument : arguments) {
            told.add(isSecret ? SecretText.MASK : Masking.value(argument));
            areOptions &= !argument.equals(END_OF_OPTIONS);
            isSecret = areOptions
                    && argument.startsWith("-")
                    && argument.indexOf('=') < 0
                    && SecretNames.isSecret(argument.replaceFirst("^--?", ""));
        }
        return told;
    }

    /** What a setting is given as JSON or YAML; empty for one word, and for what is neither. */
    private static Optional<JsonNode> document(String argument) {
        try {
            JsonNode document = new YAMLMapper().readTree(argument); // JSON is YAML
            return Optional.ofNullable(document).filter(JsonNode::isContainerNode);
        } catch (IOException e) {
            return Optional.empty(); // most arguments are something else
        }
    }
}
