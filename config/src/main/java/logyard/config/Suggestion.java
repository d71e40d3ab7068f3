package logyard.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What the operator may have meant by a word that is none. */
public final class Suggestion {
    private Suggestion() {}

    /** The nearest of the words there are; empty if none is near: more than a third of it would be mistyped. */
    public static Optional<String> nearest(String word, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .filter(candidate -> distance(word, candidate) * 3 <= Math.max(word.length(), 3));
    }

    /** The end of an error message: what was meant, or else what there is. */
    public static String hint(String word, Collection<String> words) {
        return nearest(word, words)
                .map(meant -> "; did you mean " + meant + "?")
                .orElse(words.isEmpty() ? "" : " (there are " + String.join(", ", words) + ")");
    }

    /** How many letters must be put in, left out, replaced or swapped to get from one word to the other. */
    private static int distance(String from, String to) {
        int[][] between = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                between[i][j] = i == 0 || j == 0 ? i + j : step(from, to, between, i, j);
            }
        }
        return between[from.length()][to.length()];
    }

    private static int step(String from, String to, int[][] between, int i, int j) {
        int replaced = between[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int shortest = Math.min(replaced, 1 + Math.min(between[i - 1][j], between[i][j - 1]));
        boolean isSwapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return isSwapped ? Math.min(shortest, 1 + between[i - 2][j - 2]) : shortest;
    }
}
