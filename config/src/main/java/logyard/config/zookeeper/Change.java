package logyard.config.zookeeper;

import java.util.function.UnaryOperator;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One change of a part of the tree: read, edited, and written in one transaction that holds only for the versions that
 * were read. If another was quicker it begins anew. Made once, on one thread.
 */
final class Change {
    private static final Logger log = LoggerFactory.getLogger(Change.class);

    private final Connection connection;
    private final ConfigPath root;
    private final UnaryOperator<ConfigSubtree> edit;

    /** What was sent last, whose answer may have been lost. */
    private @Nullable Sent sent;

    private record Sent(ConfigSubtree before, ConfigSubtree after) {}

    Change(Connection connection, ConfigPath root, UnaryOperator<ConfigSubtree> edit) {
        this.connection = connection;
        this.root = root;
        this.edit = edit;
    }

    /** Makes it; returns what is there then. */
    ConfigSubtree make() {
        return connection.call("change " + root, again -> {
            while (true) {
                Part part = Part.read(connection.session(), connection.znode(root));
                ConfigSubtree before = part.lastingState();
                if (again && wasMade(before)) {
                    return before;
                }
                ConfigSubtree after = edit.apply(before);
                if (after.equals(before) || isWritten(part, before, after)) {
                    return after;
                }
            }
        });
    }

    /** Whether what was sent before the connection broke has been carried out. */
    private boolean wasMade(ConfigSubtree now) {
        Sent lost = sent;
        if (lost == null || now.equals(lost.before)) {
            return false;
        }
        if (now.equals(lost.after)) {
            return true;
        }
        throw new ConfigException("The connection to ZooKeeper at " + connection + " broke while " + root
                + " was changed, and others changed it, too: look whether the change is there, and repeat it if not");
    }

    private boolean isWritten(Part part, ConfigSubtree before, ConfigSubtree after) throws Exception {
        var transaction = new Transaction(connection, root, part, after);
        try {
            connection.curator().checkExists().creatingParentsIfNeeded().forPath(part.root());
            sent = new Sent(before, after);
            connection.curator().transaction().forOperations(transaction.operations());
            return true;
        } catch (KeeperException.BadVersionException
                | KeeperException.NodeExistsException
                | KeeperException.NoNodeException
                | KeeperException.NotEmptyException e) {
            sent = null;
            log.debug("Another was quicker at {}", root, e);
            return false;
        }
    }
}
