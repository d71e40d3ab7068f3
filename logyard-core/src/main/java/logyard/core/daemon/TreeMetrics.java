package logyard.core.daemon;

import java.util.List;
import logyard.config.zookeeper.ZooKeeperConfigTree;
import logyard.core.daemon.metrics.Metric;
import logyard.core.daemon.metrics.MetricSource;
import logyard.core.daemon.metrics.Samples;
import logyard.core.daemon.metrics.Vitals;

/** How the cluster tree is, as a daemon sees it. */
public final class TreeMetrics implements MetricSource {
    private static final Metric CONNECTED = Metric.gauge(
            "logyard_zookeeper_connected",
            "1 while ZooKeeper can be reached, else 0: the last known settings are used.");
    private static final Metric SUSPECT = Metric.gauge(
            "logyard_tree_suspect",
            "1 while the tree looks wiped or older than what was obeyed last, and is not obeyed until kato config confirm.");

    /** What this measures. */
    public static final List<Metric> METRICS = List.of(CONNECTED, SUSPECT);

    private final ZooKeeperConfigTree tree;

    private TreeMetrics(ZooKeeperConfigTree tree) {
        this.tree = tree;
    }

    /** Shows them for as long as the process lives. Not where the tree is opened: kato would have to load all this. */
    static void show(ZooKeeperConfigTree tree, Vitals vitals) {
        Vitals.Part unused = vitals.add().measures(new TreeMetrics(tree));
    }

    @Override
    public void collect(Samples samples) {
        samples.add(CONNECTED, tree.isConnected() ? 1 : 0);
        samples.add(SUSPECT, tree.suspicion().isPresent() ? 1 : 0);
    }
}
