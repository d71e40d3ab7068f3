/**
 * How far each file has been delivered, on disk, so that a restart goes on there: start at
 * {@link logyard.core.tail.position.Positions}.
 */
@NullMarked
package logyard.core.tail.position;

import org.jspecify.annotations.NullMarked;
