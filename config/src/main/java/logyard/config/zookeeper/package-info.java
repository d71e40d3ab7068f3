/** The tree kept in ZooKeeper. The only package that knows Curator. */
@NullMarked
package logyard.config.zookeeper;

import org.jspecify.annotations.NullMarked;
