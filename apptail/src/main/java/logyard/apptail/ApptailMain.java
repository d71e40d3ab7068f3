package logyard.apptail;

import logyard.config.ConfigTree;
import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.DaemonCommand;

/** The daemon {@code apptail}. */
public final class ApptailMain {
    private ApptailMain() {}

    /** Runs until SIGTERM. */
    public static void main(String[] args) {
        System.exit(DaemonCommand.run(Apptail.PROCESS, args, (settings, daemon, vitals) -> {
            ConfigTree tree = daemon.closeAtExit(ClusterTree.forDaemon(settings, Apptail.PROCESS, false, vitals));
            daemon.closeAtExit(Apptail.start(settings, tree, vitals));
        }));
    }
}
