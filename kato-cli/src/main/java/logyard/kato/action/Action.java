package logyard.kato.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import logyard.core.drain.DrainUri;
import logyard.core.event.ByteBuilder;
import logyard.core.event.JsonText;
import logyard.kato.config.Secrets;

/**
 * A command that was run.
 *
 * @param arguments as typed, without {@code kato}
 * @param succeeded whether it did what it was to do
 */
public record Action(List<String> arguments, boolean succeeded) {
    /** systail cuts lines at 4096 bytes if nothing else is set; JSON that is cut is none. */
    private static final int MAX_COMMAND_BYTES = 2000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./?&~^#*{}-]+");
    private static final Pattern SECRET = Pattern.compile(
            "((?:token|password|secret|[A-Za-z_]*_token)\"?\\s*[:=]\\s*)(?:\"(?:[^\"\\\\]|\\\\.)*\"?|[^\\s\"&,}]+)");

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
        var line = new StringBuilder("kato");
        String before = "";
        for (String argument : arguments) {
            String shown = isNameOfSecret(before) ? "***" : withoutSecrets(argument);
            line.append(' ').append(PLAIN.matcher(shown).matches() ? shown : quoted(shown));
            before = argument;
        }
        return line.toString();
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
        try {
            JsonNode json = new JsonMapper().readTree(argument);
            if (json != null && json.isContainerNode()) {
                return Secrets.masked("", json).toString();
            }
        } catch (JsonProcessingException e) {
            // Most arguments are something else.
        }
        int equals = argument.indexOf('=');
        if (equals > 0 && DrainUri.isSecret(argument.substring(0, equals))) {
            return argument.substring(0, equals + 1) + "***";
        }
        return SECRET.matcher(DrainUri.mask(argument)).replaceAll("$1***");
    }
}
