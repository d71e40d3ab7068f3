package logyard.kato;

import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import logyard.config.ConfigTree;
import logyard.core.daemon.Settings;
import logyard.core.drain.DrainTypes;
import logyard.kato.action.Action;
import logyard.kato.action.Actions;
import logyard.kato.command.Cluster;
import logyard.kato.command.Failures;
import logyard.kato.command.HelpOption;
import logyard.kato.command.Interrupts;
import logyard.kato.config.Components;
import logyard.kato.config.ConfigCommand;
import logyard.kato.config.ConfigConfirmCommand;
import logyard.kato.config.ConfigDelCommand;
import logyard.kato.config.ConfigGetCommand;
import logyard.kato.config.ConfigImportCommand;
import logyard.kato.config.ConfigPopCommand;
import logyard.kato.config.ConfigPushCommand;
import logyard.kato.config.ConfigSetCommand;
import logyard.kato.config.ConfiguredSettings;
import logyard.kato.doctor.DoctorCommand;
import logyard.kato.events.EventsCommand;
import logyard.kato.events.TestCommand;
import logyard.kato.history.HistoryCommand;
import logyard.kato.log.LogCommand;
import logyard.kato.log.app.AppCommand;
import logyard.kato.log.app.drain.AppDrainAddCommand;
import logyard.kato.log.app.drain.AppDrainCommand;
import logyard.kato.log.app.drain.AppDrainDeleteCommand;
import logyard.kato.log.app.drain.AppDrainListCommand;
import logyard.kato.log.drain.ConfiguredDrains;
import logyard.kato.log.drain.DrainAddCommand;
import logyard.kato.log.drain.DrainCommand;
import logyard.kato.log.drain.DrainDeleteCommand;
import logyard.kato.log.drain.DrainListCommand;
import logyard.kato.log.drain.DrainStatusCommand;
import logyard.kato.log.drain.DrainTestCommand;
import logyard.kato.log.stream.StreamCommand;
import logyard.kato.log.stream.TailCommand;
import logyard.kato.log.top.TopCommand;
import logyard.kato.logyardcli.LogyardCli;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.process.ProcessCommand;
import logyard.kato.process.ProcessListCommand;
import logyard.kato.process.ProcessReadyCommand;
import logyard.kato.process.ProcessRestartCommand;
import logyard.kato.process.ProcessStartCommand;
import logyard.kato.process.ProcessStopCommand;
import logyard.kato.remote.RemoteCommand;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;

/**
 * The commands of {@code kato}, put together.
 *
 * @param in where values are read from that are not typed
 * @param trees how to get from the local settings to the tree
 * @param types what new drains are checked with
 */
record Kato(
        Console console,
        InputStream in,
        Function<Settings, ConfigTree> trees,
        Supplier<DrainTypes> types,
        Interrupts interrupts) {

    /** Runs the command that was typed; returns the exit status. */
    int run(String... arguments) {
        var kato = new KatoCommand();
        try (var cluster = new Cluster(kato::settings, trees)) {
            CommandLine commands = configured(commands(kato, cluster));
            int status = commands.execute(arguments);
            if (Actions.isAction(commands.getParseResult(), status)) {
                new Actions(cluster, console).remember(new Action("kato", List.of(arguments), status == ExitCode.OK));
            }
            return console.statusOf(status);
        }
    }

    /** The commands as they are run, to be described. */
    CommandLine described() {
        var kato = new KatoCommand();
        return configured(commands(kato, new Cluster(kato::settings, trees)));
    }

    private CommandLine commands(KatoCommand kato, Cluster cluster) {
        var drains = new ConfiguredDrains(cluster, types);
        return new CommandLine(kato)
                .addSubcommand(new CommandLine(new LogCommand())
                        .addSubcommand(new CommandLine(new DrainCommand())
                                .addSubcommand(new DrainAddCommand(drains, console))
                                .addSubcommand(new DrainDeleteCommand(drains, console))
                                .addSubcommand(new DrainListCommand(drains, console))
                                .addSubcommand(new DrainStatusCommand(cluster, drains, console))
                                .addSubcommand(new DrainTestCommand(cluster, drains, console)))
                        .addSubcommand(new StreamCommand(cluster, console, interrupts))
                        .addSubcommand(new TailCommand(cluster, console, interrupts))
                        .addSubcommand(app(cluster, drains))
                        .addSubcommand(new TopCommand(cluster, console, interrupts)))
                .addSubcommand(config(cluster, drains))
                .addSubcommand(new CommandLine(new ProcessCommand())
                        .addSubcommand(new ProcessListCommand(cluster, console))
                        .addSubcommand(new ProcessReadyCommand(cluster, console))
                        .addSubcommand(new ProcessStartCommand(cluster, console))
                        .addSubcommand(new ProcessStopCommand(cluster, console))
                        .addSubcommand(new ProcessRestartCommand(cluster, console)))
                .addSubcommand(new HistoryCommand(cluster, console))
                .addSubcommand(new DoctorCommand(cluster, console))
                .addSubcommand(new CommandLine(new EventsCommand()).addSubcommand(new TestCommand(cluster, console)))
                .addSubcommand(
                        new RemoteCommand(cluster, console, interrupts, to -> new LogyardCli(to, types, stop -> {})));
    }

    private CommandLine app(Cluster cluster, ConfiguredDrains drains) {
        return new CommandLine(new AppCommand(cluster, console, interrupts))
                .addSubcommand(new CommandLine(new AppDrainCommand())
                        .addSubcommand(new AppDrainAddCommand(drains, cluster, console))
                        .addSubcommand(new AppDrainListCommand(drains, cluster, console))
                        .addSubcommand(new AppDrainDeleteCommand(drains, cluster, console)));
    }

    private CommandLine config(Cluster cluster, ConfiguredDrains drains) {
        var settings = new ConfiguredSettings(cluster, new Components(drains), console);
        return new CommandLine(new ConfigCommand())
                .addSubcommand(new ConfigGetCommand(settings, cluster, console))
                .addSubcommand(new ConfigSetCommand(settings, console, in))
                .addSubcommand(new ConfigDelCommand(settings, console))
                .addSubcommand(new ConfigPushCommand(settings, console, in))
                .addSubcommand(new ConfigPopCommand(settings, console))
                .addSubcommand(new ConfigImportCommand(cluster, console))
                .addSubcommand(new ConfigConfirmCommand(cluster, console));
    }

    private CommandLine configured(CommandLine commands) {
        var failures = new Failures();
        commands.getSubcommands().values().forEach(command -> HelpOption.addTo(command, "-h", "--help"));
        return commands.setOut(console.out())
                .setErr(console.err())
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(console.colors() == Colors.NONE ? Ansi.OFF : Ansi.ON))
                .setExpandAtFiles(false) // an argument may be any text, and a template may well begin with @
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }
}
