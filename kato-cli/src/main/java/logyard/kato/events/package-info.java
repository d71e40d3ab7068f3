/** {@code kato events}: what cloud events are made of lines. */
@NullMarked
package logyard.kato.events;

import org.jspecify.annotations.NullMarked;
