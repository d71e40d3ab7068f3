package logyard.core.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.zookeeper.DaemonOptions;
import logyard.config.zookeeper.ZooKeeperConfigTree;
import logyard.config.zookeeper.ZooKeeperOptions;
import logyard.config.zookeeper.ZooKeeperOptions.Access;
import logyard.core.daemon.metrics.Vitals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tree of the cluster, as the local settings say where it is. */
public final class ClusterTree {
    private static final Logger log = LoggerFactory.getLogger(ClusterTree.class);

    private ClusterTree() {}

    /**
     * The tree as a daemon sees it: it need not be reachable, and what was known last is in {@code state.dir}.
     *
     * @param seeds whether this process fills a tree that is empty
     * @param vitals is told how the tree is
     */
    public static ConfigTree forDaemon(Settings settings, String process, boolean seeds, Vitals vitals) {
        Access access = access(settings);
        if (access == Access.OPEN && settings.text(Setting.ZK_ACL).isEmpty()) {
            log.info("{} does not exist: whoever reaches ZooKeeper may read and change the drains", authFile(settings));
        }
        var options = ZooKeeperOptions.forDaemon(
                settings.text(Setting.ZK_CONNECT), chroot(settings), access, authFile(settings));
        ZooKeeperConfigTree tree =
                ZooKeeperConfigTree.open(options, new DaemonOptions(process, settings.path(Setting.STATE_DIR), seeds));
        TreeMetrics.show(tree, vitals);
        return tree;
    }

    /** The tree as a command sees it, which needs it now. */
    public static ConfigTree forCommand(Settings settings) {
        return ZooKeeperConfigTree.open(ZooKeeperOptions.forCommand(
                settings.text(Setting.ZK_CONNECT), chroot(settings), access(settings), authFile(settings)));
    }

    private static ConfigPath chroot(Settings settings) {
        return ConfigPath.parse(settings.text(Setting.ZK_CHROOT));
    }

    private static Path authFile(Settings settings) {
        return settings.path(Setting.ZK_AUTH_FILE);
    }

    private static Access access(Settings settings) {
        return switch (settings.text(Setting.ZK_ACL)) {
            case "" -> Files.exists(authFile(settings)) ? Access.SECURED : Access.OPEN;
            case "secured" -> Access.SECURED;
            case "open" -> Access.OPEN;
            default ->
                throw new ConfigException(List.of(Setting.ZK_ACL.key() + " must be secured or open, got \""
                        + settings.text(Setting.ZK_ACL) + "\""));
        };
    }
}
