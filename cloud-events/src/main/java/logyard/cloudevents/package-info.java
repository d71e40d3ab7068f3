/**
 * Recognises events in the systail stream and sends them back as {@code event.*}: start at {@link
 * logyard.cloudevents.CloudEvents}. How a line is recognised is in {@link logyard.core.sieve}.
 */
@NullMarked
package logyard.cloudevents;

import org.jspecify.annotations.NullMarked;
