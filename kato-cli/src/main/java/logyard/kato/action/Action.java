package logyard.kato.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import logyard.core.drain.DrainUri;
import logyard.core.drain.Masking;
import logyard.core.event.ByteBuilder;
import logyard.core.event.JsonText;
import logyard.kato.config.Secrets;

/**
 * A command that was run.
 *
 * @param program such as {@code kato}
 * @param arguments as typed, behind it
 * @param succeeded whether it did what it was to do
 */
public record Action(String program, List<String> arguments, boolean succeeded) {
    /** systail cuts lines at 4096 bytes if nothing else is set; JSON that is cut is none. */
    private static final int MAX_COMMAND_BYTES = 2000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./?&~^#*{}-]+");

    /** What may stand before an equals sign: a URI, say, is none. */
    private static final Pattern NAME = Pattern.compile("[\\w./%-]+");

    /** A name of a secret and its value, in text that is no JSON and no YAML: up to where the value may end. */
    private static final Pattern SECRET = Pattern.compile(
            "((?:[\\w-]*(?:token|passw(?:or)?d|pwd|secret|credential)[\\w-]*|(?:[\\w-]*[_-])?(?:api|access|private)[_-]?key"
                    + "|authorization)[\"']?\\s*[:=]\\s*)(?:\"(?:[^\"\\\\]|\\\\.)*\"?|'[^']*'?|[^\\v\"'&,}]+)",
            Pattern.CASE_INSENSITIVE);

    public Action {
        arguments = List.copyOf(arguments);
    }

    /** The line that tells of it, in the form of January 2014, with the time before it, and with its LF. */
    String line(LocalDateTime time, long pid) {
        return TIME.format(time) + " [info] (" + pid + ") INVOKE-ADMIN-ACTION {\"command\": \"" + escapedCommand()
                + "\",\"status\": \"" + (succeeded ? "succeeded" : "failed") + "\"}\n";
    }

    private String escapedCommand() {
        String command = commandLine();
        String escaped = escaped(command);
        while (escaped.getBytes(StandardCharsets.UTF_8).length > MAX_COMMAND_BYTES) {
            command = command.substring(0, command.length() * 3 / 4);
            escaped = escaped(command + "…");
        }
        return escaped;
    }

    private static String escaped(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteBuilder(utf8.length + 16);
        JsonText.append(utf8, 0, utf8.length, out);
        return out.toString();
    }

    /** The command line without its secrets, quoted where a shell would want it. */
    String commandLine() {
        var line = new StringBuilder(program);
        boolean isSetting = arguments.contains("config");
        boolean afterSecret = false;
        for (String argument : arguments) {
            boolean isValue = afterSecret && !isOption(argument);
            String shown = isValue ? "***" : withoutSecrets(argument);
            line.append(' ').append(PLAIN.matcher(shown).matches() ? shown : quoted(shown));
            // what is behind the name of a setting is its value, whatever options are in between
            afterSecret = isNameOfSecret(argument) || (isSetting && afterSecret);
        }
        return line.toString();
    }

    private static boolean isOption(String argument) {
        return argument.matches("--?[A-Za-z][A-Za-z-]*|--");
    }

    private static String quoted(String argument) {
        return "'" + argument.replace("'", "'\\''") + "'";
    }

    /**
     * Whether the next argument is the value of a setting that holds a secret, such as {@code redis/password}; not if this
     * one has its value in it.
     */
    private static boolean isNameOfSecret(String argument) {
        return argument.indexOf('=') < 0
                && DrainUri.isSecret(
                        argument.substring(argument.lastIndexOf('/') + 1).replaceFirst("^--?", ""));
    }

    private static String withoutSecrets(String argument) {
        Optional<JsonNode> document = document(argument);
        if (document.isPresent()) {
            return Secrets.masked("", document.get()).toString();
        }
        int equals = argument.indexOf('=');
        if (equals > 0
                && NAME.matcher(argument).region(0, equals).matches()
                && Masking.isSecret(argument.substring(0, equals), argument.substring(equals + 1))) {
            return argument.substring(0, equals + 1) + "***";
        }
        boolean isText = argument.chars().anyMatch(Character::isWhitespace);
        String masked = isText ? Masking.text(argument) : DrainUri.mask(argument);
        return SECRET.matcher(masked).replaceAll("$1***");
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
