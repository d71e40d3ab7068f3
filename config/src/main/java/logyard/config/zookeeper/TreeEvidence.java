package logyard.config.zookeeper;

import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import logyard.config.ConfigPath;
import logyard.config.Defaults;

/**
 * What can be said of the tree as a whole at one moment.
 *
 * @param config its {@code /proc/logyard/config}; empty if there is none
 * @param confirmation the latest one; empty if there is none
 * @param zxid the latest transaction that left a trace at a root, below it or in the places above. It never falls as long as
 *     the server goes forward: what is deleted leaves its trace one place higher
 */
record TreeEvidence(Optional<Znode> config, Optional<Confirmation> confirmation, long zxid) {
    /** Looks at the tree, given the latest transaction seen at and below {@code root}. */
    static TreeEvidence gather(Connection connection, ConfigPath root, long zxid) {
        return connection.callOnce("check the tree", again -> {
            var reads = new SessionReads(connection.session());
            var config = reads.get(connection.znode(ConfigPath.LOGYARD));
            var confirmed = reads.get(connection.znode(ConfigPath.CONFIRMED));
            var above = new ArrayList<CompletableFuture<Long>>();
            for (ConfigPath place = root; !place.equals(ConfigPath.ROOT); ) {
                place = place.parent();
                above.add(reads.zxid(connection.znode(place)));
            }
            long latest = zxid;
            for (var place : above) {
                latest = Math.max(latest, place.get());
            }
            return new TreeEvidence(config.get(), confirmed.get().flatMap(Confirmation::of), latest);
        });
    }

    /** What no other tree has; empty if there is none. */
    String id() {
        return config.map(TreeEvidence::id).orElse("");
    }

    /** The transaction and the time that made {@code config}; the transaction alone may be the same on two new servers. */
    static String id(Znode config) {
        return Long.toHexString(config.stat().getCzxid()) + "-" + config.stat().getCtime();
    }

    /** Whether it was ever filled with the packaged defaults. */
    boolean isSeeded() {
        return config.filter(Seeder::isSeeded).isPresent();
    }

    /** Whether there is anything below {@code /proc/logyard/config}. */
    boolean isFilled() {
        return config.filter(znode -> znode.stat().getNumChildren() > 0).isPresent();
    }

    /** The version of the tree's layout. */
    int schema() {
        return config.map(Znode::value)
                .map(value -> value.path("schema").asInt(Defaults.SCHEMA))
                .orElse(Defaults.SCHEMA);
    }

    /** When this very tree was last confirmed, in milliseconds since 1970; 0 if never. */
    long confirmed() {
        return confirmation
                .filter(given -> config.isPresent() && given.tree().equals(id()))
                .map(Confirmation::time)
                .orElse(0L);
    }
}
