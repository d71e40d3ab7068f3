package logyard.core.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values whose prefix a key begins with, in one walk along the key and without allocation. Immutable.
 *
 * <p>Prefixes are bytes, not words: {@code systail.dea} also matches {@code systail.dea_ng.10.0.0.5} (spec 01 §4). A whole
 * key is meant by one that ends in the blank behind it.
 */
public final class PrefixTrie<T> {
    private final Node<T> root;

    private PrefixTrie(Node<T> root) {
        this.root = root;
    }

    /** The values of all prefixes of {@code key[start..end)}, each once; the same list for the same set of prefixes. */
    public List<T> match(byte[] key, int start, int end) {
        Node<T> node = root;
        for (int i = start; i < end; i++) {
            Node<T> next = node.next(key[i]);
            if (next == null) {
                break;
            }
            node = next;
        }
        return node.values;
    }

    private static final class Node<T> {
        /** The next bytes of the prefixes that go on from here, with the node of each in {@code children}. */
        private final byte[] labels;

        private final List<Node<T>> children;

        /** What the prefix that ends here and all shorter ones want. */
        private final List<T> values;

        /** The node of what was collected for a prefix; its children are still to be added. */
        Node(Builder<T> collected, List<T> inherited) {
            labels = new byte[collected.labels.size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = collected.labels.get(i);
            }
            children = new ArrayList<>(labels.length);
            var all = new LinkedHashSet<>(inherited);
            all.addAll(collected.own);
            values = all.size() == inherited.size() ? inherited : List.copyOf(all);
        }

        @Nullable
        Node<T> next(byte label) {
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] == label) {
                    return children.get(i);
                }
            }
            return null;
        }
    }

    /** Collects prefixes. One thread. */
    public static final class Builder<T> {
        private final List<Byte> labels = new ArrayList<>();
        private final List<Builder<T>> children = new ArrayList<>();
        private final List<T> own = new ArrayList<>();

        /** Lets {@code value} be found for every key that begins with {@code prefix}. */
        public Builder<T> add(byte[] prefix, T value) {
            Builder<T> node = this;
            for (byte label : prefix) {
                node = node.child(label);
            }
            node.own.add(value);
            return this;
        }

        private Builder<T> child(byte label) {
            int index = labels.indexOf(label);
            if (index >= 0) {
                return children.get(index);
            }
            var child = new Builder<T>();
            labels.add(label);
            children.add(child);
            return child;
        }

        public PrefixTrie<T> build() {
            var root = new Node<>(this, List.of());
            Deque<Unfinished<T>> unfinished = new ArrayDeque<>(); // no recursion: a prefix can be long
            unfinished.add(new Unfinished<>(this, root));
            for (var next = unfinished.poll(); next != null; next = unfinished.poll()) {
                for (Builder<T> child : next.collected.children) {
                    var node = new Node<>(child, next.node.values);
                    next.node.children.add(node);
                    unfinished.add(new Unfinished<>(child, node));
                }
            }
            return new PrefixTrie<>(root);
        }
    }

    private record Unfinished<T>(Builder<T> collected, Node<T> node) {}
}
