/**
 * {@code kato log stream} and {@code kato log tail}: the lines of all nodes as they come.
 *
 * <p>{@link logyard.kato.log.stream.LiveStream} has every node send its events to this process, through a drain that
 * lives as long as the command. {@link logyard.kato.log.stream.LineServer} takes them in, and {@link
 * logyard.kato.log.line.LineRenderer} makes of each what an operator reads. What may be missing is told by {@code
 * logyard.kato.log.gap}.
 */
@NullMarked
package logyard.kato.log.stream;

import org.jspecify.annotations.NullMarked;
