package logyard.config.zookeeper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
                pending.add(Part.readAll(reads, root, found));
            } else {
                changed.forEach(place -> {
                    pending.add(Part.readAll(reads, place, found));
                    pending.add(readAbove(reads, place, found)); // a deletion leaves its trace there
                });
            }
            Part.all(pending).get();
            return found;
        });
        changed.forEach(place -> {
            places.remove(place);
            places.subMap(Part.inside(place), Part.inside(place) + Character.MAX_VALUE)
                    .clear();
        });
        places.putAll(read);
    }

    private static CompletableFuture<?> readAbove(SessionReads reads, String place, Map<String, Znode> into) {
        String above = place.lastIndexOf('/') == 0 ? "/" : place.substring(0, place.lastIndexOf('/'));
        return reads.get(above).thenAccept(znode -> znode.ifPresent(found -> into.put(above, found)));
    }

    /** What is there. */
    ConfigSubtree state() {
        return new Part(root, places).state();
    }

    /** When each value was last written. */
    SortedMap<String, Long> writes() {
        var writes = new TreeMap<String, Long>();
        places.forEach((place, znode) -> writes.put(path(place), znode.stat().getMzxid()));
        return writes;
    }

    /** What is there and stays when the session that made it ends. */
    ConfigSubtree lastingState() {
        return new Part(root, places).lastingState();
    }

    private String path(String place) {
        return place.equals(root) ? "" : place.substring(Part.inside(root).length());
    }

    /** The latest transaction that left a trace here; 0 if there is nothing. */
    long zxid() {
        return places.values().stream()
                .mapToLong(znode -> Znode.zxid(znode.stat()))
                .max()
                .orElse(0);
    }
}
