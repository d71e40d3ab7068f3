package logyard.systail;

import logyard.config.ConfigTree;
import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.DaemonCommand;

/** The daemon {@code systail}. */
public final class SystailMain {
    private SystailMain() {}

    /** Runs until SIGTERM. */
    public static void main(String[] args) {
        System.exit(DaemonCommand.run(Systail.PROCESS, args, (settings, daemon, vitals) -> {
            ConfigTree tree = daemon.closeAtExit(ClusterTree.forDaemon(settings, Systail.PROCESS, false, vitals));
            daemon.closeAtExit(Systail.start(settings, tree, vitals));
        }));
    }
}
