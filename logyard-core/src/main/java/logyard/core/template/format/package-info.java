/**
 * Values as Go's fmt prints them: {@code %v} and all other verbs with their flags, and the marks Go leaves where a verb
 * and a value do not fit. Start at {@link logyard.core.template.format.Formatter}.
 */
@NullMarked
package logyard.core.template.format;

import org.jspecify.annotations.NullMarked;
