/**
 * Recognises cloud events in lines by the specs of operators: start at {@link logyard.core.sieve.Sieve}. What sends lines
 * here, and events on, is elsewhere: the daemon cloud_events, and {@code kato events test}.
 */
@NullMarked
package logyard.core.sieve;

import org.jspecify.annotations.NullMarked;
