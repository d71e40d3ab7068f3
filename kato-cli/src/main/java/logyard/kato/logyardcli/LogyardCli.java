package logyard.kato.logyardcli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import logyard.config.ConfigTree;
import logyard.core.daemon.Settings;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.Masking;
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
 * @param trees how to get from the local settings to the tree
 * @param types what new drains are checked with
 */
public record LogyardCli(
        Console console, Function<Settings, ConfigTree> trees, Supplier<DrainTypes> types, Interrupts interrupts) {
    private static final List<String> HELP = List.of("-h", "-help", "--help");

    /** Runs the command that was typed; returns the exit status. */
    public int run(String... arguments) {
        try (var cluster = new Cluster(() -> Settings.load(Optional.empty(), Map.of(), System.getenv()), trees)) {
            return run(cluster, arguments);
        }
    }

    /** Runs a command on a cluster that is used for others, too; returns the exit status. */
    public int run(Cluster cluster, String... arguments) {
        Map<String, CommandLine> commands = commands(cluster);
        String name = arguments.length == 0 ? "" : arguments[0];
        if (HELP.contains(name)) {
            tellUsage(console.out(), commands);
            return ExitCode.OK;
        }
        CommandLine command = commands.get(name);
        if (command == null) {
            tellUsage(console.err(), commands);
            return ExitCode.SOFTWARE;
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
        return command.execute(typed.toArray(String[]::new));
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
