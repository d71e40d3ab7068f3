package logyard.cloudevents;

import logyard.config.ConfigTree;
import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.DaemonCommand;

/** The daemon {@code cloud_events}. */
public final class CloudEventsMain {
    private CloudEventsMain() {}

    /** Runs until SIGTERM. */
    public static void main(String[] args) {
        System.exit(DaemonCommand.run(CloudEvents.PROCESS, args, (settings, daemon, vitals) -> {
            ConfigTree tree = daemon.closeAtExit(ClusterTree.forDaemon(settings, CloudEvents.PROCESS, false, vitals));
            daemon.closeAtExit(CloudEvents.start(settings, tree, vitals));
        }));
    }
}
