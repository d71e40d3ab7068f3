package logyard.kato.command;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import logyard.config.ConfigException;
import logyard.config.ConfigUnavailableException;
import logyard.config.Suggestion;
import logyard.core.bus.BusException;
import logyard.core.daemon.Settings;
import logyard.core.drain.InvalidDrainException;
import logyard.core.drain.Masking;
import logyard.kato.output.Printable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on stderr why a command failed, and makes it an exit status: 1 what could not be done, 2 what was mistyped. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("ERROR: " + Printable.text(Masking.text(whatWasMistyped(e))));
        String name = command.getCommandSpec().qualifiedName();
        Set<String> below = command.getSubcommands().keySet();
        if (isUnknownOption(e) && UnmatchedArgumentException.printSuggestions(e, err)) {
            return ExitCode.USAGE;
        }
        Optional<String> meant = e instanceof UnmatchedArgumentException unmatched
                ? Suggestion.nearest(unmatched.getUnmatched().get(0), below)
                : Optional.empty();
        if (meant.isPresent()) {
            err.println("Did you mean: " + name + " " + meant.get() + "?");
        } else {
            err.println(
                    below.isEmpty()
                            ? "See " + name + " --help"
                            : "The commands of " + name + " are " + String.join(", ", below) + "; see " + name
                                    + " --help");
        }
        return ExitCode.USAGE;
    }

    private static String whatWasMistyped(ParameterException e) {
        CommandLine command = e.getCommandLine();
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String word = "'" + unmatched.getUnmatched().get(0) + "'";
            return command.getSubcommands().isEmpty()
                    ? "this is one word too many: " + word
                    : "there is no command " + word;
        }
        return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    }

    private static boolean isUnknownOption(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption();
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments) {
        PrintWriter err = command.getErr();
        if (isExpected(e)) {
            err.println("ERROR: " + message(e));
        } else {
            err.println(
                    "ERROR: this is a bug in " + command.getCommandSpec().root().name() + ": " + message(e));
            e.printStackTrace(err);
        }
        return ExitCode.SOFTWARE;
    }

    /** Whether a failure is one of those that operators have to do with; every other one is a bug. */
    public static boolean isExpected(Exception e) {
        return e instanceof CommandFailedException
                || e instanceof InvalidDrainException
                || e instanceof ConfigException
                || e instanceof ConfigUnavailableException
                || e instanceof BusException;
    }

    /** What to tell the operator. */
    public static String message(Exception e) {
        String message = Printable.text(Masking.text(String.valueOf(e.getMessage())));
        return e instanceof ConfigUnavailableException
                ? message + ". Does ZooKeeper run there? If it is elsewhere, set zk.connect in " + Settings.DEFAULT_FILE
                        + ", or in the file that --conf or $" + Settings.FILE_VARIABLE + " names"
                : message;
    }
}
