package logyard.kato.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import logyard.core.drain.Masking;
import picocli.CommandLine.ExitCode;

/**
 * Where a command writes to.
 *
 * @param out what was asked for, and nothing else
 * @param err everything that is said about it
 * @param colors those that {@code out} can show
 */
public record Console(Output out, PrintWriter err, Colors colors) {
    private static final int STDOUT = 1;

    /** That of this process: UTF-8 whatever the locale, as logs are. */
    public static Console ofProcess() {
        var err = new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8), true);
        return new Console(Output.ofProcess(), err, Colors.of(System.getenv(), isTerminal(STDOUT)));
    }

    /** The same, but it shows no colours. */
    public Console withoutColors() {
        return new Console(out, err, Colors.NONE);
    }

    /** Whether what this process writes to stdout is shown on a terminal. */
    public static boolean isOnTerminal() {
        return isTerminal(STDOUT);
    }

    /** Tells the operator of something that does not end the command. */
    public void warn(String text) {
        err.println("WARN: " + Printable.text(Masking.text(text)));
    }

    /**
     * The exit status of a command that ended with {@code status}: 1 in place of 0 if not all that it wrote to {@code out}
     * is there, of which the operator is told.
     */
    public int statusOf(int status) {
        Optional<IOException> failure = out.failure();
        failure.ifPresent(e ->
                err.println("ERROR: the output cannot be written: " + Printable.text(String.valueOf(e.getMessage()))));
        return failure.isPresent() && status == ExitCode.OK ? ExitCode.SOFTWARE : status;
    }

    /** Asked of Linux, because Java's own answer depends on stdin, too, and on its version. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
