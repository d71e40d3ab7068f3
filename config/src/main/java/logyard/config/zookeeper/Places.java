package logyard.config.zookeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and changes single places, straight on the server. Safe for use by several threads.
 *
 * <p>The methods do what those of the same name in {@link logyard.config.ConfigTree} promise. When an answer was lost with
 * the connection, the question is asked again, and what that finds done is taken for the work of the first.
 */
final class Places {
    private static final Logger log = LoggerFactory.getLogger(Places.class);

    private final Connection connection;

    Places(Connection connection) {
        this.connection = connection;
    }

    Optional<JsonNode> read(ConfigPath path) {
        Optional<Znode> place = find(path);
        place.map(Znode::problem).ifPresent(problem -> {
            throw new ConfigException("The value of " + path + " " + problem);
        });
        return place.map(Znode::value);
    }

    SortedMap<String, JsonNode> children(ConfigPath path) {
        var values = new TreeMap<String, JsonNode>();
        list(path).forEach((name, place) -> {
            if (place.value() != null) {
                values.put(name, place.value());
            } else if (place.problem() != null) {
                log.warn("Left out {}: it {}", path.child(name), place.problem());
            }
        });
        return values;
    }

    SortedSet<String> names(ConfigPath path) {
        return connection.call(
                "list " + path,
                again -> new TreeSet<>(new SessionReads(connection.session())
                        .children(connection.znode(path))
                        .get()));
    }

    boolean create(ConfigPath path, JsonNode value) {
        byte[] json = Znode.encode(path, value);
        return connection.call("create " + path, again -> {
            CuratorFramework curator = connection.curator();
            String znode = connection.znode(path);
            try {
                curator.create().creatingParentsIfNeeded().forPath(znode, json);
                return true;
            } catch (KeeperException.NodeExistsException e) {
                var stat = new Stat();
                byte[] there = curator.getData().storingStatIn(stat).forPath(znode);
                if (there.length == 0) {
                    curator.setData().withVersion(stat.getVersion()).forPath(znode, json);
                    return true;
                }
                return again && stat.getVersion() == 0 && Arrays.equals(there, json);
            }
        });
    }

    void set(ConfigPath path, JsonNode value) {
        byte[] json = Znode.encode(path, value);
        connection.call(
                "set " + path,
                again -> connection
                        .curator()
                        .create()
                        .orSetData()
                        .creatingParentsIfNeeded()
                        .forPath(connection.znode(path), json));
    }

    boolean delete(ConfigPath path) {
        return connection.call("delete " + path, again -> {
            try {
                connection.curator().delete().deletingChildrenIfNeeded().forPath(connection.znode(path));
                return true;
            } catch (KeeperException.NoNodeException e) {
                return again;
            }
        });
    }

    /** The place at {@code path}; empty if there is none. */
    Optional<Znode> find(ConfigPath path) {
        return connection.call(
                "read " + path,
                again -> new SessionReads(connection.session())
                        .get(connection.znode(path))
                        .get());
    }

    private Map<String, Znode> list(ConfigPath path) {
        return connection.call("list " + path, again -> {
            var reads = new SessionReads(connection.session());
            var pending = new TreeMap<String, CompletableFuture<Optional<Znode>>>();
            for (String name : reads.children(connection.znode(path)).get()) {
                pending.put(name, reads.get(connection.znode(path.child(name))));
            }
            var places = new TreeMap<String, Znode>();
            for (var place : pending.entrySet()) {
                place.getValue().get().ifPresent(znode -> places.put(place.getKey(), znode));
            }
            return places;
        });
    }
}
