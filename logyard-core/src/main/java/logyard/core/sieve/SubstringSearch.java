package logyard.core.sieve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Finds the leftmost of several substrings in a text, in one pass over its bytes (Aho and Corasick, with all transitions
 * computed beforehand). Of substrings that begin at the same place the longest is found. Immutable; a search makes no
 * objects.
 */
final class SubstringSearch {
    static final int NONE = -1;

    /** The class of bytes that are in no substring. */
    private static final int OTHER = 0;

    private static final int BYTES = 256;

    /** Which bytes behave differently. */
    private final int[] classes = new int[BYTES];

    /** How far to shift a state to the left for its row in {@link #next}. */
    private final int shift;

    /** The row of the next state, negative ({@code ~row}) if a substring ends there. */
    private final int[] next;

    private final int[] lengths;

    // By state:
    private final int[] depths;
    private final int[] ending;

    /** A search for at least no substrings; none of them is empty, and they differ. */
    SubstringSearch(List<String> substrings) {
        byte[][] patterns = substrings.stream()
                .map(substring -> substring.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        int count = 1 + classify(patterns);
        shift = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
        var trie = new Trie(patterns);
        lengths = Arrays.stream(patterns).mapToInt(pattern -> pattern.length).toArray();
        depths = trie.depths.stream().mapToInt(Integer::intValue).toArray();
        ending = trie.ending.stream().mapToInt(Integer::intValue).toArray();
        next = new int[depths.length << shift];
        link(trie);
    }

    /** Gives each byte of a substring a class of its own; returns how many there are. */
    private int classify(byte[][] patterns) {
        int count = 0;
        for (byte[] pattern : patterns) {
            for (byte b : pattern) {
                if (classes[b & 0xff] == OTHER) {
                    classes[b & 0xff] = ++count;
                }
            }
        }
        return count;
    }

    /** The substrings as a tree of states. */
    private final class Trie {
        final List<int[]> children = new ArrayList<>();
        final List<Integer> depths = new ArrayList<>();
        final List<Integer> ending = new ArrayList<>();

        Trie(byte[][] patterns) {
            add(0);
            for (int i = 0; i < patterns.length; i++) {
                int state = 0;
                for (byte b : patterns[i]) {
                    int[] row = children.get(state);
                    int child = row[classes[b & 0xff]];
                    if (child == 0) {
                        child = add(depths.get(state) + 1);
                        row[classes[b & 0xff]] = child;
                    }
                    state = child;
                }
                ending.set(state, i);
            }
        }

        private int add(int depth) {
            children.add(new int[1 << shift]);
            depths.add(depth);
            ending.add(NONE);
            return depths.size() - 1;
        }
    }

    /** Fills in where each state goes by each class, going through the states by their depth. */
    private void link(Trie trie) {
        int[] fallback = new int[depths.length];
        Deque<Integer> queue = new ArrayDeque<>(List.of(0));
        while (!queue.isEmpty()) {
            int state = queue.remove();
            for (int c = 0; c < 1 << shift; c++) {
                int child = trie.children.get(state)[c];
                int otherwise = state == 0 ? 0 : row(next[(fallback[state] << shift) + c]) >> shift;
                if (child != 0) {
                    fallback[child] = otherwise;
                    if (ending[child] == NONE) {
                        ending[child] = ending[otherwise]; // a shorter one that ends there, too
                    }
                    queue.add(child);
                }
                int target = child == 0 ? otherwise : child;
                next[(state << shift) + c] = ending[target] == NONE ? target << shift : ~(target << shift);
            }
        }
    }

    private static int row(int next) {
        return next < 0 ? ~next : next;
    }

    /** The number of the substring found in {@code text[from..to)}; {@link #NONE} if there is none. */
    int find(byte[] text, int from, int to) {
        if (lengths.length == 0) {
            return NONE;
        }
        int row = 0;
        for (int i = from; i < to; i++) {
            row = next[row + classes[text[i] & 0xff]];
            if (row < 0) {
                return leftmost(~row >> shift, text, i, to);
            }
        }
        return NONE;
    }

    /** Goes on where the first substring ended, as long as one that begins no later may still end. */
    private int leftmost(int first, byte[] text, int end, int to) {
        int state = first;
        int found = ending[state];
        int start = end + 1 - lengths[found];
        for (int i = end + 1; i < to; i++) {
            state = row(next[(state << shift) + classes[text[i] & 0xff]]) >> shift;
            if (i + 1 - depths[state] > start) {
                break;
            }
            if (ending[state] != NONE && i + 1 - lengths[ending[state]] <= start) {
                found = ending[state];
                start = i + 1 - lengths[found];
            }
        }
        return found;
    }
}
