package logyard.core.template.value;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A JSON object, in the order of its keys' bytes. */
public final class MapValue implements Value {
    /** What {@code {}} and, as a whole record, {@code null} stand for. */
    public static final MapValue EMPTY = new MapValue(new TreeMap<>());

    private final SortedMap<StringValue, Value> entries;

    /** A map of exactly these entries, which must not change any more. */
    public MapValue(SortedMap<StringValue, Value> entries) {
        this.entries = Collections.unmodifiableSortedMap(entries);
    }

    public SortedMap<StringValue, Value> entries() {
        return entries;
    }

    /** What the key leads to, or {@link NilValue#MISSING}. */
    public Value get(StringValue key) {
        return entries.getOrDefault(key, NilValue.MISSING);
    }

    @Override
    public String typeName() {
        return "map[string]interface {}";
    }

    @Override
    public boolean isTrue() {
        return !entries.isEmpty();
    }
}
