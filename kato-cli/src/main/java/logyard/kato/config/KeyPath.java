package logyard.kato.config;

import java.util.List;
import java.util.stream.Stream;
import logyard.config.ConfigException;

/**
 * The way to a setting of a component, such as {@code log_files/dpkg}.
 *
 * @param names from the component down; none is the component as a whole
 */
public record KeyPath(List<String> names) {
    public KeyPath {
        names = List.copyOf(names);
        names.forEach(KeyPath::require);
    }

    /** The path as it is typed; slashes at the beginning, at the end and in a row do not count. */
    public static KeyPath parse(String text) {
        return new KeyPath(
                Stream.of(text.split("/")).filter(name -> !name.isEmpty()).toList());
    }

    /** What ZooKeeper could not hold, or could not tell from others. */
    private static void require(String name) {
        boolean isPlain = name.chars().noneMatch(c -> c == '/' || Character.isISOControl(c) || c >= 0xd800);
        if (name.isEmpty() || name.equals(".") || name.equals("..") || !isPlain) {
            throw new ConfigException(
                    "a key must not be empty, \".\", \"..\" or hold slashes and control characters, got \"" + name
                            + "\"");
        }
    }

    /** The way to {@code name} below this. */
    KeyPath child(String name) {
        return new KeyPath(Stream.concat(names.stream(), Stream.of(name)).toList());
    }

    /** The beginning of this, of {@code count} names. */
    KeyPath first(int count) {
        return new KeyPath(names.subList(0, count));
    }

    int length() {
        return names.size();
    }

    /** Whether a key of the settings is this or below it. */
    boolean holds(String key) {
        return names.isEmpty() || key.equals(toString()) || key.startsWith(this + "/");
    }

    /** As it is in the settings: {@code log_files/dpkg}. */
    @Override
    public String toString() {
        return String.join("/", names);
    }
}
