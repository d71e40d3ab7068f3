package logyard.apptail.instance;

/**
 * One log of an instance.
 *
 * @param name as it is shown to the application's owner, such as {@code stdout}
 * @param path as it was given: inside the instance, or on the host for an instance that does not tell its root
 */
public record NamedLog(String name, String path) {}
