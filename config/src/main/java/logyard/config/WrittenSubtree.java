package logyard.config;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of a part of the tree at one moment, and when each value was written: two are equal only if nothing was
 * written in between, be it the same once more.
 *
 * @param content what is there
 * @param isRemembered whether it comes from the snapshot or the packaged defaults, and the tree may hold something else
 * @param writes a number for the last write of each place, by its path below the watched root; none of what is remembered
 */
public record WrittenSubtree(ConfigSubtree content, boolean isRemembered, SortedMap<String, Long> writes) {
    public WrittenSubtree {
        writes = Collections.unmodifiableSortedMap(new TreeMap<>(writes));
    }

    /** What holds until the server can be reached. */
    public static WrittenSubtree remembered(ConfigSubtree content) {
        return new WrittenSubtree(content, true, new TreeMap<>());
    }

    /** What the server has. */
    public static WrittenSubtree read(ConfigSubtree content, SortedMap<String, Long> writes) {
        return new WrittenSubtree(content, false, writes);
    }
}
