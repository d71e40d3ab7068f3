package logyard.kato.process;

import logyard.kato.command.Cluster;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;

/** {@code kato process stop}. */
@Command(
        name = "stop",
        description = "Stop processes of this node.",
        footer = {
            "",
            "It is done by systemd and takes root. logyard-node is logyard, systail and cloud_events in one process: they are"
                    + " started and stopped together.",
            "",
            "Example: sudo kato process stop systail"
        })
public final class ProcessStopCommand extends UnitsCommand {
    public ProcessStopCommand(Cluster cluster, Console console) {
        super("stop", "Stopped", cluster, console);
    }
}
