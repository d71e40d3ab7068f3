/**
 * Makes events of events that the core has stored, each once: start at {@link logyard.core.relay.Relay}.
 */
@NullMarked
package logyard.core.relay;

import org.jspecify.annotations.NullMarked;
