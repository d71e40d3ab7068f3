package logyard.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What must be done to turn one map of named values into another. */
public final class MapDiff {
    /** Names in the order of their UTF-8 bytes, as Go sorts them; {@link String#compareTo} differs beyond U+FFFF. */
    private static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private MapDiff() {}

    /** The kinds of change. */
    public enum Kind {
        ADDED,
        CHANGED,
        REMOVED
    }

    /**
     * One name whose value is not what it was.
     *
     * @param before the old value; null if the name is new
     * @param after the new value; null if the name is gone
     */
    public record Change<V>(
            String name, @Nullable V before, @Nullable V after) {
        public Kind kind() {
            if (before == null) {
                return Kind.ADDED;
            }
            return after == null ? Kind.REMOVED : Kind.CHANGED;
        }
    }

    /** The changes from {@code before} to {@code after}, sorted by name. Names with equal values are left out. */
    public static <V> List<Change<V>> between(Map<String, ? extends V> before, Map<String, ? extends V> after) {
        var names = new TreeSet<String>(BY_CODE_POINT);
        names.addAll(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> new Change<V>(name, before.get(name), after.get(name)))
                .toList();
    }
}
