package logyard.core.drain;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was meant by one that is misspelt. */
final class Spelling {
    /** So many letters may be wrong, missing or too many. */
    private static final int SLIPS = 2;

    private Spelling() {}

    /** The known word that is nearest; empty if none is near. */
    static Optional<String> nearest(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(each -> distance(lower, each) <= Math.min(SLIPS, each.length() / 3))
                .min(Comparator.comparingInt(each -> distance(lower, each)));
    }

    /** How many letters must be changed, added or taken away, as by Levenshtein. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
