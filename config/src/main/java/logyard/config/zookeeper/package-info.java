/**
 * The tree kept in ZooKeeper. The only package that knows Curator.
 *
 * <p>{@link logyard.config.zookeeper.ZooKeeperConfigTree} is what others see. It stands on a {@code Connection}, which makes
 * one session after the other. Single places are read and changed by {@code Places}. A {@code TreeWatch} keeps a {@code
 * Mirror} of its part of the tree, asks the {@code TreeGuard} whether it is to be obeyed, and tells its listener. What this
 * process shows to the cluster is in {@code Publications}.
 */
@NullMarked
package logyard.config.zookeeper;

import org.jspecify.annotations.NullMarked;
