package logyard.apptail.instance;

import java.nio.file.Path;
import logyard.apptail.root.InstanceRoot;

/**
 * A log with its place.
 *
 * @param path on the host, below the root, not looked up yet
 */
public record FollowedLog(NamedLog log, Path path, InstanceRoot root) {}
