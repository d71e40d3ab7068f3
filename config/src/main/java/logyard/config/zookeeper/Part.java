package logyard.config.zookeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import org.apache.zookeeper.ZooKeeper;

/**
 * The places at and below a root as they were read from the server.
 *
 * @param root its znode
 * @param places by their znodes, those above first
 */
record Part(String root, NavigableMap<String, Znode> places) {
    Part {
        places = Collections.unmodifiableNavigableMap(places);
    }

    /** Reads the part of the tree at and below {@code root}. */
    static Part read(Connection connection, ConfigPath root) {
        return connection.call("read " + root, again -> read(connection.session(), connection.znode(root)));
    }

    /** Reads the part at and below the znode {@code root} over one session. */
    static Part read(ZooKeeper session, String root) throws Exception {
        var reads = new SessionReads(session);
        var found = new ConcurrentHashMap<String, Znode>();
        reads.sync().get(); // this session may have come to a server that lags behind the others
        readAll(reads, root, found).get();
        return new Part(root, new TreeMap<>(found));
    }

    /** Reads {@code place} and all that is below it. */
    static CompletableFuture<?> readAll(SessionReads reads, String place, Map<String, Znode> into) {
        return reads.get(place).thenCompose(znode -> {
            if (znode.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            into.put(place, znode.get());
            if (znode.get().stat().getNumChildren() == 0) {
                return CompletableFuture.completedFuture(null);
            }
            return reads.children(place)
                    .thenCompose(names -> all(names.stream()
                            .map(name -> readAll(reads, inside(place) + name, into))
                            .toList()));
        });
    }

    /** What every znode below {@code place} begins with. */
    static String inside(String place) {
        return place.equals("/") ? place : place + "/";
    }

    /** Done when all are. */
    static CompletableFuture<?> all(Collection<? extends CompletableFuture<?>> pending) {
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new));
    }

    /** What is there. */
    ConfigSubtree state() {
        return state(znode -> true);
    }

    /** What is there and stays when the session that made it ends. */
    ConfigSubtree lastingState() {
        return state(znode -> !znode.isEphemeral());
    }

    private ConfigSubtree state(Predicate<Znode> wanted) {
        var values = new TreeMap<String, JsonNode>();
        var problems = new TreeMap<String, String>();
        places.forEach((place, znode) -> {
            if (wanted.test(znode)) {
                String path =
                        place.equals(root) ? "" : place.substring(inside(root).length());
                if (znode.value() != null) {
                    values.put(path, znode.value());
                }
                if (znode.problem() != null) {
                    problems.put(path, znode.problem());
                }
            }
        });
        return new ConfigSubtree(values, problems);
    }

    /** The znode of a path below the root. */
    String znode(String path) {
        return path.isEmpty() ? root : inside(root) + path;
    }
}
