/**
 * What a process remembers of the tree on its own disk, so that it can start without the server and notice a tree that
 * was wiped. Start at {@link logyard.config.snapshot.SnapshotFile}. Nothing here reaches over the network.
 */
@NullMarked
package logyard.config.snapshot;

import org.jspecify.annotations.NullMarked;
