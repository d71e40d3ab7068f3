package logyard.config.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import logyard.config.ConfigPath;
import logyard.config.Defaults;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.api.transaction.TransactionOp;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a tree that was never filled with the packaged defaults.
 *
 * <p>All in one transaction whose first step marks {@code /proc/logyard/config}, so that of several that try at once one
 * succeeds and the tree is never seen half full. What is there already stays. Since the mark is there from then on, nothing
 * an operator deletes comes back.
 */
final class Seeder {
    private static final Logger log = LoggerFactory.getLogger(Seeder.class);

    private static final byte[] NOTHING = {};

    /** What has a word of 2013 for it; where that is in the tree it counts, and a default would take its place. */
    private static final Map<ConfigPath, ConfigPath> OLD_WORDS =
            Map.of(ConfigPath.APPTAIL.child("max_lines_per_second"), ConfigPath.APPTAIL.child("rate_limit"));

    private Seeder() {}

    /** Whether it was filled; false if it had been before. */
    static boolean seed(Connection connection) {
        return connection.call("fill the tree", again -> {
            while (true) {
                Optional<Znode> root = find(connection, ConfigPath.LOGYARD).get();
                if (root.isPresent() && isSeeded(root.get())) {
                    return again;
                }
                try {
                    connection.curator().transaction().forOperations(operations(connection, root));
                    log.info("Filled {} with the packaged defaults", ConfigPath.LOGYARD);
                    return true;
                } catch (KeeperException.NodeExistsException | KeeperException.BadVersionException e) {
                    log.debug("Another was quicker", e);
                }
            }
        });
    }

    /** Whether {@code root} has the mark of a tree that was filled; a tree into which only a value was put has not. */
    static boolean isSeeded(Znode root) {
        return root.value() != null || root.problem() != null;
    }

    /** The mark first, then one creation per place that is not there yet, those above first. */
    private static List<CuratorOp> operations(Connection connection, Optional<Znode> root) throws Exception {
        TransactionOp operation = connection.curator().transactionOp();
        String znode = connection.znode(ConfigPath.LOGYARD);
        byte[] mark = Znode.encode(ConfigPath.LOGYARD, Defaults.MARK);
        var operations = new ArrayList<CuratorOp>();
        if (root.isPresent()) {
            int version = root.get().stat().getVersion();
            operations.add(operation.setData().withVersion(version).forPath(znode, mark));
        } else {
            connection.curator().checkExists().creatingParentsIfNeeded().forPath(znode);
            operations.add(operation.create().forPath(znode, mark));
        }
        for (Map.Entry<ConfigPath, byte[]> place : defaults().entrySet()) {
            ConfigPath old = OLD_WORDS.getOrDefault(place.getKey(), place.getKey());
            if (find(connection, place.getKey()).get().isEmpty()
                    && find(connection, old).get().isEmpty()) {
                operations.add(operation.create().forPath(connection.znode(place.getKey()), place.getValue()));
            }
        }
        return operations;
    }

    private static CompletableFuture<Optional<Znode>> find(Connection connection, ConfigPath place) throws Exception {
        return new SessionReads(connection.session()).get(connection.znode(place));
    }

    /** Every place below the root with what it is to hold, those above first. */
    private static SortedMap<ConfigPath, byte[]> defaults() {
        var places = new TreeMap<ConfigPath, byte[]>();
        Defaults.all().values().forEach((path, value) -> {
            ConfigPath place = ConfigPath.parse(ConfigPath.LOGYARD + "/" + path);
            places.put(place, Znode.encode(place, value));
            for (ConfigPath above = place.parent(); !above.equals(ConfigPath.LOGYARD); above = above.parent()) {
                places.putIfAbsent(above, NOTHING);
            }
        });
        return places;
    }
}
