package logyard.config.zookeeper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.curator.framework.api.transaction.TransactionOp;

/**
 * The steps from a part of the tree as it was read to what shall be there, each for the version that was read. A place
 * above values goes with the last of them, the root excepted. Not thread-safe.
 */
final class Transaction {
    private static final byte[] NOTHING = {};

    private final TransactionOp step;
    private final Part part;
    private final Map<String, byte[]> wanted = new TreeMap<>();
    private final Set<String> unread = new HashSet<>();
    private final SortedSet<String> kept = new TreeSet<>();
    private final List<CuratorOp> steps = new ArrayList<>();

    Transaction(Connection connection, ConfigPath root, Part part, ConfigSubtree after) {
        this.step = connection.curator().transactionOp();
        this.part = part;
        after.values().forEach((path, value) -> {
            ConfigPath place = ConfigPath.parse(root + "/" + path);
            wanted.put(part.znode(path), Znode.encode(place, value));
            Znode there = part.places().get(part.znode(path));
            if (there != null && there.isEphemeral()) {
                throw new ConfigException(
                        place + " belongs to a process that runs, and goes with it: it cannot be set");
            }
        });
        keepWithAllAbove(part.root());
        wanted.keySet().forEach(this::keepWithAllAbove);
        after.problems().keySet().forEach(path -> unread.add(part.znode(path)));
        part.places().forEach((place, znode) -> {
            boolean wasEmptyBefore = znode.value() == null && znode.problem() == null && hasNoneBelow(place);
            if (znode.isEphemeral() || unread.contains(place) || wasEmptyBefore) {
                keepWithAllAbove(place);
            }
        });
    }

    private void keepWithAllAbove(String place) {
        for (String at = place; at.startsWith(part.root()); at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
            kept.add(at);
        }
    }

    private boolean hasNoneBelow(String place) {
        String next = part.places().higherKey(place);
        return next == null || !next.startsWith(Part.inside(place));
    }

    /** The steps, deletions from the leaves up first. */
    List<CuratorOp> operations() throws Exception {
        for (Map.Entry<String, Znode> place : part.places().descendingMap().entrySet()) {
            if (!kept.contains(place.getKey())) {
                int version = place.getValue().stat().getVersion();
                steps.add(step.delete().withVersion(version).forPath(place.getKey()));
            }
        }
        for (String place : kept) {
            Znode there = part.places().get(place);
            byte[] data = wanted.getOrDefault(place, NOTHING);
            if (there == null) {
                steps.add(step.create().forPath(place, data));
            } else if (isDifferent(there, place)) {
                int version = there.stat().getVersion();
                steps.add(step.setData().withVersion(version).forPath(place, data));
            }
        }
        return steps;
    }

    private boolean isDifferent(Znode there, String place) {
        byte[] data = wanted.get(place);
        if (data != null) {
            return !Objects.equals(there.value(), Znode.of(data, there.stat()).value());
        }
        boolean isUnwanted = there.value() != null || (there.problem() != null && !unread.contains(place));
        return isUnwanted && !there.isEphemeral();
    }
}
