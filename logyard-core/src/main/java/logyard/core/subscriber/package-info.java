/**
 * Who reads the journal under a name, over the bus and without loss: start at {@link logyard.core.subscriber.Subscribers}.
 */
@NullMarked
package logyard.core.subscriber;

import org.jspecify.annotations.NullMarked;
