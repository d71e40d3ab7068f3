package logyard.kato.logyardcli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.Masking;
import logyard.kato.action.Action;
import logyard.kato.action.Actions;
import logyard.kato.command.Cluster;
import logyard.kato.command.Failures;
import logyard.kato.command.HelpOption;
import logyard.kato.command.Interrupts;
import logyard.kato.journal.JournalCommand;
import logyard.kato.log.drain.ConfiguredDrains;
import logyard.kato.output.Console;
import logyard.kato.output.Printable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The commands of {@code logyard-cli}, put together. They read flags and fail as programs in Go do.
 *
 * @param types what new drains are checked with
 */
public record LogyardCli(Console console, Supplier<DrainTypes> types, Interrupts interrupts) {
    private static final List<String> HELP = List.of("-h", "-help", "--help");

    /** What came of a command. */
    private record Outcome(int status, boolean isAction) {}

    /** Runs the command that was typed, and tells of it in kato.log if it changes something; returns the exit status. */
    public int runAsTyped(Cluster cluster, String... arguments) {
        Outcome outcome = outcome(cluster, arguments);
        if (outcome.isAction()) {
            new Actions(cluster, console)
                    .remember(new Action("logyard-cli", List.of(arguments), outcome.status() == ExitCode.OK));
        }
        return console.statusOf(outcome.status());
    }

    /** Runs a command, which whoever asks for it tells of; returns the exit status. */
    public int run(Cluster cluster, String... arguments) {
        return outcome(cluster, arguments).status();
    }

    private Outcome outcome(Cluster cluster, String... arguments) {
        Map<String, CommandLine> commands = commands(cluster);
        String name = arguments.length == 0 ? "" : arguments[0];
        if (HELP.contains(name)) {
            tellUsage(console.out(), commands);
            return new Outcome(ExitCode.OK, false);
        }
        CommandLine command = commands.get(name);
        if (command == null) {
            tellUsage(console.err(), commands);
            return new Outcome(ExitCode.SOFTWARE, false);
        }
        List<String> typed = new ArrayList<>();
        CommandLine called = command;
        List<String> behind = List.of(arguments).subList(1, arguments.length);
        while (!behind.isEmpty() && called.getSubcommands().containsKey(behind.get(0))) {
            called = called.getSubcommands().get(behind.get(0));
            typed.add(behind.get(0));
            behind = behind.subList(1, behind.size());
        }
        typed.addAll(List.of(GoFlags.withoutValuesOfSwitches(called.getCommandSpec(), behind)));
        int status = command.execute(typed.toArray(String[]::new));
        return new Outcome(status, Actions.isAction(command.getParseResult(), status));
    }

    private Map<String, CommandLine> commands(Cluster cluster) {
        var drains = new ConfiguredDrains(cluster, types);
        Map<String, CommandLine> commands = new LinkedHashMap<>();
        for (Callable<Integer> command : Arrays.<Callable<Integer>>asList(
                new RecvCommand(cluster, console),
                new StreamCommand(cluster, console, interrupts),
                new ListCommand(drains, console),
                new AddCommand(drains, console),
                new DeleteCommand(drains, console),
                new StatusCommand(cluster, drains, console))) {
            CommandLine commandLine = configured(new CommandLine(command));
            commands.put(commandLine.getCommandName(), commandLine);
        }
        CommandLine journal = configured(JournalCommand.of(cluster, console));
        commands.put(journal.getCommandName(), journal);
        return commands;
    }

    private CommandLine configured(CommandLine command) {
        HelpOption.addTo(command, HELP.toArray(String[]::new));
        return command.setOut(console.out())
                .setErr(console.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setExpandAtFiles(false)
                .setPosixClusteredShortOptionsAllowed(false) // -json is one flag
                .setStopAtPositional(true)
                .setParameterExceptionHandler(LogyardCli::tellFlagError)
                .setExecutionExceptionHandler(LogyardCli::tellFailure);
    }

    private static void tellUsage(PrintWriter to, Map<String, CommandLine> commands) {
        to.println("Usage: logyard-cli COMMAND [FLAGS] [ARGUMENTS]");
        commands.forEach((name, command) -> to.println(String.format(
                "  %-8s%s", name, command.getCommandSpec().usageMessage().description()[0])));
    }

    private static int tellFlagError(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr().println(Printable.text(Masking.text(String.valueOf(e.getMessage()))));
        command.usage(command.getErr());
        return ExitCode.USAGE;
    }

    private static int tellFailure(Exception e, CommandLine command, ParseResult arguments) {
        command.getErr().println("command error: " + Failures.message(e));
        if (Failures.isExpected(e)) {
            command.usage(command.getErr());
        } else {
            e.printStackTrace(command.getErr());
        }
        return ExitCode.SOFTWARE;
    }
}
