/**
 * The core daemon, put together: {@link logyard.core.LogyardCore} shows the path of an event from the bus to the drains.
 */
@NullMarked
package logyard.core;

import org.jspecify.annotations.NullMarked;
