package logyard.config.zookeeper;

import java.util.Optional;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.Defaults;
import logyard.config.snapshot.Snapshot;
import logyard.config.snapshot.Snapshot.Mark;
import logyard.config.snapshot.Snapshot.State;
import logyard.config.snapshot.TreeMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether what the tree says is to be obeyed.
 *
 * <p>A server that was wiped, or restored from an old copy, must not take every drain in the cluster with it. So a process
 * that has known a tree obeys no other, no empty and no older one until an operator confirms it; until then it goes on with
 * what it remembers. Confined to the tree's thread, except {@link #suspicion}.
 */
final class TreeGuard {
    private static final Logger log = LoggerFactory.getLogger(TreeGuard.class);

    private static final String REMEDY = "; if that is as it should be, say so with: kato config confirm";

    private final Connection connection;
    private final TreeMemory memory;
    private final boolean seeds;
    private volatile Optional<String> suspicion = Optional.empty();

    /** What to make of the tree. */
    enum Verdict {
        /** It is right. */
        OBEY,
        /** It has not been filled yet, and this process knows no other: the packaged defaults hold. */
        UNSEEDED,
        /** It is not to be trusted: what is remembered holds. */
        HOLD
    }

    TreeGuard(Connection connection, TreeMemory memory, boolean seeds) {
        this.connection = connection;
        this.memory = memory;
        this.seeds = seeds;
    }

    /** Looks at the tree, given the latest transaction seen at and below {@code root}. */
    Verdict judge(ConfigPath root, long zxid) {
        if (!guards(root)) {
            return Verdict.OBEY;
        }
        TreeEvidence tree = TreeEvidence.gather(connection, root, zxid);
        boolean mustSeed = seeds && memory.isBlank() && !tree.isSeeded();
        if (mustSeed) {
            Seeder.seed(connection); // the watches will hear of it
        }
        boolean isUnknown = tree.config().isEmpty() && !memory.snapshot().mark().isKnown();
        if (mustSeed || isUnknown) {
            return root.startsWith(ConfigPath.LOGYARD) ? Verdict.UNSEEDED : Verdict.OBEY;
        }
        Optional<String> doubt = doubt(tree, root);
        tell(doubt);
        if (doubt.isPresent()) {
            return Verdict.HOLD;
        }
        accept(tree);
        return Verdict.OBEY;
    }

    private void tell(Optional<String> doubt) {
        if (doubt.isPresent() && suspicion.isEmpty()) {
            log.error("Not obeying the tree in ZooKeeper at {}: {}", connection, doubt.get());
        }
        if (doubt.isEmpty() && suspicion.isPresent()) {
            log.info("Obeying the tree in ZooKeeper at {} again", connection);
        }
        suspicion = doubt;
    }

    /** Why the tree is not obeyed, and what to do about it; empty if it is. */
    Optional<String> suspicion() {
        return suspicion;
    }

    private Optional<String> doubt(TreeEvidence tree, ConfigPath root) {
        Mark known = memory.snapshot().mark();
        if (tree.schema() > Defaults.SCHEMA) {
            return Optional.of("its schema " + tree.schema() + " is of a newer Logyard, which this node needs");
        }
        if (tree.confirmed() > known.confirmed()) {
            return Optional.empty();
        }
        if (known.doubt() != null) {
            return Optional.of(known.doubt());
        }
        if (tree.config().isEmpty()) {
            return Optional.of(ConfigPath.LOGYARD + " has vanished" + REMEDY);
        }
        if (known.isKnown() && !known.id().equals(tree.id())) {
            return Optional.of(ConfigPath.LOGYARD + " was made anew" + REMEDY);
        }
        if (known.filled() && !tree.isFilled()) {
            return Optional.of(ConfigPath.LOGYARD + " was emptied" + REMEDY);
        }
        if (tree.zxid() < memory.snapshot().zxid(root)) {
            // This one stays: as the server goes on counting, an old copy soon looks as young as what was lost.
            String doubt = "it is older than what this node has seen" + REMEDY;
            memory.update(memory.snapshot().withMark(new Mark(known.id(), known.filled(), known.confirmed(), doubt)));
            return Optional.of(doubt);
        }
        return Optional.empty();
    }

    private void accept(TreeEvidence tree) {
        Snapshot known = memory.snapshot();
        boolean isNewlyConfirmed = tree.confirmed() > known.mark().confirmed();
        long confirmed = Math.max(tree.confirmed(), known.mark().confirmed());
        memory.update((isNewlyConfirmed ? known.withoutZxids() : known)
                .withMark(new Mark(tree.id(), tree.isFilled(), confirmed, null)));
    }

    /** Remembers what is obeyed from now on. */
    void remember(ConfigPath root, ConfigSubtree state, long zxid) {
        if (guards(root)) {
            memory.update(memory.snapshot().withState(root, new State(zxid, state)));
        }
    }

    /** What holds below {@code root} as long as the tree is not obeyed or cannot be reached; empty if nothing is known. */
    Optional<ConfigSubtree> recall(ConfigPath root) {
        return guards(root) ? memory.recall(root) : Optional.empty();
    }

    /** Whether a place is guarded: not if it tells what runs just now, which is of no use when it is old. */
    static boolean guards(ConfigPath root) {
        return !root.startsWith(ConfigPath.STATUS)
                && !root.startsWith(ConfigPath.RUNNING)
                && !root.startsWith(ConfigPath.FIGURES);
    }
}
