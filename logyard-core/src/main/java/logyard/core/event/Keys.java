package logyard.core.event;

import java.util.regex.Pattern;

/** The grammar of keys (spec 02 §1): {@code systail.<name>.<node>}, {@code apptail.<app>}, {@code event.<type>}. */
public final class Keys {
    /** The longest key that is taken from a client, in bytes; the longest of our own is below 200. */
    public static final int MAX_BYTES = 1024;

    /** What the keys of applications begin with. */
    public static final String APPTAIL = "apptail.";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private Keys() {}

    /** Whether {@code name} can be a component name or an event type: it must not break the key apart. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The key of the lines of the log file called {@code name} on a node, {@code systail.dea.10.0.0.5}. */
    public static String systail(String name, String node) {
        return "systail." + name + "." + node;
    }

    /** The key of everything that an application logs, {@code apptail.<guid>}. */
    public static String apptail(String app) {
        return APPTAIL + app;
    }

    /** The key of an event, {@code event.process_exit}. */
    public static String event(String type) {
        return "event." + type;
    }

    /** The prefix that no key but {@code key} begins with: on the bus, a blank is behind it. */
    public static String whole(String key) {
        return key + " ";
    }

    /** A prefix without the blank that makes it a whole key. */
    public static String withoutEnd(String prefix) {
        return prefix.endsWith(" ") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    /** The text before the first dot: {@code systail}, {@code apptail} or {@code event}. */
    public static String stream(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }
}
