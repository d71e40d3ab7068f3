package logyard.kato.process;

import logyard.kato.command.Cluster;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;

/** {@code kato process start}. */
@Command(
        name = "start",
        description = "Start processes of this node.",
        footer = {
            "",
            "It is done by systemd and takes root. logyard-node is logyard, systail and cloud_events in one process: they are"
                    + " started and stopped together.",
            "",
            "Example: sudo kato process start systail"
        })
public final class ProcessStartCommand extends UnitsCommand {
    public ProcessStartCommand(Cluster cluster, Console console) {
        super("start", "Started", cluster, console);
    }
}
