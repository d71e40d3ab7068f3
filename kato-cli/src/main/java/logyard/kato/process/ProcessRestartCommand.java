package logyard.kato.process;

import logyard.kato.command.Cluster;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;

/** {@code kato process restart}. */
@Command(
        name = "restart",
        description = "Stop and start processes of this node.",
        footer = {
            "",
            "It is done by systemd and takes root. logyard-node is logyard, systail and cloud_events in one process: they are"
                    + " started and stopped together.",
            "",
            "Example: sudo kato process restart systail"
        })
public final class ProcessRestartCommand extends UnitsCommand {
    public ProcessRestartCommand(Cluster cluster, Console console) {
        super("restart", "Restarted", cluster, console);
    }
}
