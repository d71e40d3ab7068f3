package logyard.config.zookeeper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import logyard.config.ConfigPath;
import logyard.config.Defaults;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a tree that was never filled with the packaged defaults.
 *
 * <p>All in one transaction whose first step makes {@code /proc/logyard/config}, so that of several that try at once one
 * succeeds and the tree is never seen half full. Since that place exists from then on, nothing an operator deletes comes
 * back.
 */
final class Seeder {
    private static final Logger log = LoggerFactory.getLogger(Seeder.class);

    /** The version of the tree's layout. */
    static final int SCHEMA = 1;

    private static final JsonNode ROOT_VALUE =
            JsonNodeFactory.instance.objectNode().put("schema", SCHEMA);
    private static final byte[] NOTHING = {};

    private Seeder() {}

    /** Whether it was filled; false if it had been before. */
    static boolean seed(Connection connection) {
        return connection.call("fill the tree", again -> {
            CuratorFramework curator = connection.curator();
            try {
                curator.checkExists().creatingParentsIfNeeded().forPath(connection.znode(ConfigPath.LOGYARD));
                curator.transaction().forOperations(operations(connection));
                log.info("Filled {} with the packaged defaults", ConfigPath.LOGYARD);
                return true;
            } catch (KeeperException.NodeExistsException e) {
                return again;
            }
        });
    }

    /** One creation per place, those above first. */
    private static List<CuratorOp> operations(Connection connection) throws Exception {
        var places = new TreeMap<ConfigPath, byte[]>();
        Defaults.all().values().forEach((path, value) -> {
            ConfigPath place = ConfigPath.parse(ConfigPath.LOGYARD + "/" + path);
            places.put(place, Znode.encode(place, value));
            for (ConfigPath above = place.parent(); above.startsWith(ConfigPath.LOGYARD); above = above.parent()) {
                places.putIfAbsent(above, NOTHING);
            }
        });
        places.put(ConfigPath.LOGYARD, Znode.encode(ConfigPath.LOGYARD, ROOT_VALUE));
        var operations = new ArrayList<CuratorOp>();
        for (Map.Entry<ConfigPath, byte[]> place : places.entrySet()) {
            operations.add(connection
                    .curator()
                    .transactionOp()
                    .create()
                    .forPath(connection.znode(place.getKey()), place.getValue()));
        }
        return operations;
    }
}
