package logyard.config.zookeeper;

import java.nio.file.Path;

/**
 * What a daemon's tree has beyond that of a command.
 *
 * @param process its name, such as {@code systail}
 * @param stateDir the folder of its snapshot, {@code config-<process>.json}
 * @param seeds whether it fills a tree that has never been filled, as the core does
 */
public record DaemonOptions(String process, Path stateDir, boolean seeds) {}
