/**
 * Follows the logs of application instances, which are announced on NATS: start at {@link logyard.apptail.Apptail}. {@code
 * instance} knows which instances there are and which logs they have, {@code root} opens their files, {@code timeline} tells
 * their owners what went wrong.
 */
@NullMarked
package logyard.apptail;

import org.jspecify.annotations.NullMarked;
