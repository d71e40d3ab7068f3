package logyard.config.zookeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import logyard.config.ConfigSubtree;

/**
 * The places at and below a root, as they were last read from the server.
 *
 * <p>Changes as a whole or not at all: a pass that fails halfway leaves no trace. Not thread-safe: one watch, one thread.
 */
final class Mirror {
    private final Connection connection;
    private final String root;
    private final NavigableMap<String, Znode> places = new TreeMap<>();

    Mirror(Connection connection, String root) {
        this.connection = connection;
        this.root = root;
    }

    /** Reads {@code changed} places again, each with all that is below it. */
    void refresh(Collection<String> changed) {
        Map<String, Znode> read = connection.callOnce("read " + root, again -> {
            var reads = new SessionReads(connection.session());
            var found = new ConcurrentHashMap<String, Znode>();
            var pending = new ArrayList<CompletableFuture<?>>();
            if (changed.contains(root)) {
                reads.sync().get(); // a new session may have come to a server that lags behind the others
                pending.add(readAll(reads, root, found));
            } else {
                changed.forEach(place -> {
                    pending.add(readAll(reads, place, found));
                    pending.add(readAbove(reads, place, found)); // a deletion leaves its trace there
                });
            }
            all(pending).get();
            return found;
        });
        changed.forEach(place -> {
            places.remove(place);
            places.subMap(inside(place), inside(place) + Character.MAX_VALUE).clear();
        });
        places.putAll(read);
    }

    private static CompletableFuture<?> readAll(SessionReads reads, String place, Map<String, Znode> into) {
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

    private static CompletableFuture<?> readAbove(SessionReads reads, String place, Map<String, Znode> into) {
        String above = place.lastIndexOf('/') == 0 ? "/" : place.substring(0, place.lastIndexOf('/'));
        return reads.get(above).thenAccept(znode -> znode.ifPresent(found -> into.put(above, found)));
    }

    private static String inside(String place) {
        return place.equals("/") ? place : place + "/";
    }

    private static CompletableFuture<?> all(Collection<? extends CompletableFuture<?>> pending) {
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

    /** The latest transaction that left a trace here; 0 if there is nothing. */
    long zxid() {
        return places.values().stream()
                .mapToLong(znode -> Znode.zxid(znode.stat()))
                .max()
                .orElse(0);
    }
}
