/**
 * Recognises events in the systail stream and sends them back as {@code event.*}. To come; the wiring of the module is all
 * there is.
 */
@NullMarked
package logyard.cloudevents;

import org.jspecify.annotations.NullMarked;
