package logyard.core.drain;

import java.util.Optional;
import logyard.core.event.Keys;

/**
 * What is known of drains that belong to one application by their names, {@code appdrain.<guid>.<name>}: their owners are
 * not trusted with anything but the events of that application.
 */
public final class AppDrains {
    private static final String PREFIX = "appdrain.";

    private AppDrains() {}

    /** What the names of an application's drains begin with. */
    public static String names(String guid) {
        return PREFIX + guid + ".";
    }

    /** The filter that lets through the events of one application, and of no other whose guid begins as its own. */
    public static String filter(String guid) {
        return Keys.whole(Keys.apptail(guid));
    }

    /** The application that a drain belongs to; empty if it belongs to none. */
    public static Optional<String> app(String drain) {
        int end = drain.indexOf('.', PREFIX.length());
        boolean isOfApp = drain.startsWith(PREFIX) && end > PREFIX.length();
        return isOfApp ? Optional.of(drain.substring(PREFIX.length(), end)) : Optional.empty();
    }

    /**
     * What the keys begin with that a drain means by a filter. The original gave drains of applications the filter {@code
     * apptail.<guid>}, by which the application 7 got the events of 70, too; who made one so means his own.
     */
    static String prefix(String drain, String filter) {
        return app(drain)
                .filter(guid -> filter.equals(Keys.apptail(guid)))
                .map(AppDrains::filter)
                .orElse(filter);
    }
}
