/**
 * Follows the logs of application instances, which are announced on NATS. To come; the wiring of the module is all there is.
 */
@NullMarked
package logyard.apptail;

import org.jspecify.annotations.NullMarked;
