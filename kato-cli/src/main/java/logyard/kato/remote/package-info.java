/**
 * {@code kato remote}: the drains of the cluster over HTTP, for programs on this node. {@link
 * logyard.kato.remote.RemoteServer} decides who may ask, {@link logyard.kato.remote.RemoteCalls} does what is asked for.
 */
@NullMarked
package logyard.kato.remote;

import org.jspecify.annotations.NullMarked;
