/**
 * The configuration of the cluster, as every other module sees it: start at {@link logyard.config.ConfigTree}.
 *
 * <p>Nothing here knows ZooKeeper; that is {@code logyard.config.zookeeper}, and only its.
 */
@NullMarked
package logyard.config;

import org.jspecify.annotations.NullMarked;
