/**
 * What may be missing from a stream of events, told while it happens: nodes that leave it and return ({@link
 * logyard.kato.log.gap.Attendance}), nodes that never came ({@link logyard.kato.log.gap.AwaitedNodes}), and a drain that was
 * lost with its session ({@link logyard.kato.log.gap.StreamDrain}).
 */
@NullMarked
package logyard.kato.log.gap;

import org.jspecify.annotations.NullMarked;
