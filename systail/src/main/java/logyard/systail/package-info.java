/** Publishes the lines of a node's system log files: start at {@link logyard.systail.Systail}. */
@NullMarked
package logyard.systail;

import org.jspecify.annotations.NullMarked;
