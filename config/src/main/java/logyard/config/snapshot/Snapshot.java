package logyard.config.snapshot;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import org.jspecify.annotations.Nullable;

/**
 * What a process knew of the tree when it last trusted it.
 *
 * @param mark which tree that was
 * @param states the last state of every watched root
 */
public record Snapshot(Mark mark, SortedMap<ConfigPath, State> states) {
    /** The snapshot of a process that never saw a tree. */
    public static final Snapshot NONE = new Snapshot(new Mark("", false, 0, null), new TreeMap<>());

    /**
     * What tells one tree from another.
     *
     * @param id what its {@code /proc/logyard/config} has and no other; empty if there was none
     * @param filled whether there was anything below
     * @param confirmed when an operator last confirmed the tree, in milliseconds since 1970; 0 if never
     * @param doubt why the tree is not to be obeyed until it is confirmed; null if it is trusted
     */
    public record Mark(
            String id,
            boolean filled,
            long confirmed,
            @Nullable String doubt) {
        /** Whether there was a tree at all. */
        public boolean isKnown() {
            return !id.isEmpty();
        }
    }

    /**
     * One watched root.
     *
     * @param zxid the latest transaction seen at work there; a tree without it is an older one
     * @param subtree what was there, except values that lived only as long as their publisher
     */
    public record State(long zxid, ConfigSubtree subtree) {}

    public Snapshot {
        states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
    }

    /** What is known of the places below {@code root}, if it or a place above it was watched. */
    public Optional<ConfigSubtree> below(ConfigPath root) {
        return states.entrySet().stream()
                .filter(known -> root.startsWith(known.getKey()))
                .max(Map.Entry.comparingByKey())
                .map(known -> {
                    ConfigSubtree subtree = known.getValue().subtree();
                    return root.equals(known.getKey()) ? subtree : subtree.below(root.relativeTo(known.getKey()));
                });
    }

    /** The latest transaction seen at work below {@code root}; 0 if it was never watched. */
    public long zxid(ConfigPath root) {
        State state = states.get(root);
        return state == null ? 0 : state.zxid();
    }

    /** The same with another mark. */
    public Snapshot withMark(Mark other) {
        return new Snapshot(other, states);
    }

    /** The same with what is now below {@code root}. */
    public Snapshot withState(ConfigPath root, State state) {
        var changed = new TreeMap<>(states);
        changed.put(root, state);
        return new Snapshot(mark, changed);
    }

    /** The same as seen in a tree of another history, whose transactions say nothing about those before. */
    public Snapshot withoutZxids() {
        var changed = new TreeMap<>(states);
        changed.replaceAll((root, state) -> new State(0, state.subtree()));
        return new Snapshot(mark, changed);
    }

    /** Whether both remember the same, the transactions aside. */
    public boolean saysTheSameAs(Snapshot other) {
        return mark.equals(other.mark) && withoutZxids().states.equals(other.withoutZxids().states);
    }
}
