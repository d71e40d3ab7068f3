package logyard.core.event;

/**
 * Whose lines they are: one instance of an application, as records of the {@code apptail} stream name it (spec 02 §2.3).
 *
 * @param guid of the application, part of the key; the number in decimal where there is only that
 * @param name of the application
 * @param space GUID of its space; empty if it is not known
 * @param group of 2013; empty if it is not known
 * @param id the number of 2013; empty if there is none
 * @param index of the instance; -1 if a record is not about one
 */
public record AppInstance(String guid, String name, String space, String group, String id, int index) {
    public AppInstance {
        if (!Keys.isName(guid)) {
            throw new IllegalArgumentException(
                    "Not the GUID of an application: \"" + guid + "\" (letters, digits, _ and -)");
        }
    }

    /** The same application, without one of its instances. */
    public AppInstance withIndex(int other) {
        return new AppInstance(guid, name, space, group, id, other);
    }
}
