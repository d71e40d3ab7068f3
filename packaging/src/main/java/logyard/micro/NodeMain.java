package logyard.micro;

import logyard.cloudevents.CloudEvents;
import logyard.config.ConfigTree;
import logyard.core.LogyardCore;
import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.DaemonCommand;
import logyard.core.drain.DrainTypes;
import logyard.systail.Systail;

/**
 * The daemons of a small node in one process, {@code logyard-node}, which takes less memory than one each: that of {@link
 * MicroMain} without the ZooKeeper, and with the settings of the node.
 */
public final class NodeMain {
    private static final String NAME = "logyard-node";

    private NodeMain() {}

    /** Runs until SIGTERM. */
    public static void main(String[] args) {
        System.exit(DaemonCommand.run(NAME, args, (settings, daemon, vitals) -> {
            ConfigTree tree = daemon.closeAtExit(ClusterTree.forDaemon(settings, NAME, true, vitals));
            daemon.closeAtExit(LogyardCore.start(settings, tree, DrainTypes.installed(), vitals));
            daemon.closeAtExit(CloudEvents.start(settings, tree, vitals)); // first, to miss no line
            daemon.closeAtExit(Systail.start(settings, tree, vitals));
        }));
    }
}
