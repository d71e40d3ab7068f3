package logyard.core.template.value;

import java.util.List;

/** A JSON array, or the groups a regular expression matched. The list must not change any more. */
public record ListValue(List<Value> items, String typeName) implements Value {
    /** A JSON array. */
    public ListValue(List<Value> items) {
        this(items, "[]interface {}");
    }

    /** Strings only, as the groups of a match. */
    public static ListValue ofStrings(List<String> strings) {
        return new ListValue(strings.stream().<Value>map(StringValue::of).toList(), "[]string");
    }

    /** The items from {@code from} up to, not including, {@code to}. */
    public ListValue slice(int from, int to) {
        return new ListValue(items.subList(from, to), typeName);
    }

    @Override
    public boolean isTrue() {
        return !items.isEmpty();
    }
}
