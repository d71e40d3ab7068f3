package logyard.kato.action;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import logyard.core.event.ByteBuilder;
import logyard.core.event.JsonText;
import logyard.kato.output.Printable;

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
        return Printable.json(out.toString()); // inside of a string nothing else may be in there
    }

    /** The command line without its secrets, quoted where a shell would want it. */
    String commandLine() {
        var line = new StringBuilder(program);
        for (String argument : ToldArguments.of(arguments)) {
            line.append(' ').append(PLAIN.matcher(argument).matches() ? argument : quoted(argument));
        }
        return line.toString();
    }

    private static String quoted(String argument) {
        return "'" + argument.replace("'", "'\\''") + "'";
    }
}
