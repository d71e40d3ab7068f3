package logyard.core;

import logyard.config.ConfigTree;
import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.DaemonCommand;
import logyard.core.drain.DrainTypes;

/** The core daemon of a node: {@code logyard}. */
public final class LogyardMain {
    private LogyardMain() {}

    /** Runs until SIGTERM. */
    public static void main(String[] args) {
        System.exit(DaemonCommand.run(LogyardCore.PROCESS, args, (settings, daemon, vitals) -> {
            ConfigTree tree = daemon.closeAtExit(ClusterTree.forDaemon(settings, LogyardCore.PROCESS, true, vitals));
            daemon.closeAtExit(LogyardCore.start(settings, tree, DrainTypes.installed(), vitals));
        }));
    }
}
