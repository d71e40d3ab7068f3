package logyard.kato.command;

import java.util.function.Function;
import java.util.function.Supplier;
import logyard.config.ConfigTree;
import logyard.core.daemon.NodeId;
import logyard.core.daemon.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as a command sees it from its node: the local settings and the tree, each brought up when it is first asked
 * for, so that {@code kato --help} needs neither. One thread.
 */
public final class Cluster implements AutoCloseable {
    private final Supplier<Settings> loading;
    private final Function<Settings, ConfigTree> opening;
    private @Nullable Settings settings;
    private @Nullable ConfigTree tree;

    /**
     * A cluster that is not looked at yet.
     *
     * @param loading where the settings come from
     * @param opening how to get from them to the tree
     */
    public Cluster(Supplier<Settings> loading, Function<Settings, ConfigTree> opening) {
        this.loading = loading;
        this.opening = opening;
    }

    /** What is set on this node. */
    public Settings settings() {
        if (settings == null) {
            settings = loading.get();
        }
        return settings;
    }

    /** The tree; closed with the cluster. */
    public ConfigTree tree() {
        if (tree == null) {
            tree = opening.apply(settings());
        }
        return tree;
    }

    /** The id of this node. */
    public String node() {
        return NodeId.of(settings());
    }

    @Override
    public void close() {
        if (tree != null) {
            tree.close();
        }
    }
}
