/**
 * Will follow the logs of application instances, which are announced on NATS. Start at {@link logyard.apptail.Apptail}: it
 * has what every daemon has, and follows nothing yet.
 */
@NullMarked
package logyard.apptail;

import org.jspecify.annotations.NullMarked;
