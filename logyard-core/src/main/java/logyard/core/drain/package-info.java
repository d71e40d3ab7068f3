/**
 * What a drain is: its URI, what it is told to send, and the interface that each drain type fulfils. To add a type,
 * implement {@link logyard.core.drain.DrainType} and name it in {@code META-INF/services}.
 */
@NullMarked
package logyard.core.drain;

import org.jspecify.annotations.NullMarked;
