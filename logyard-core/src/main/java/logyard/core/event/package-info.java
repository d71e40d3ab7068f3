/**
 * What travels: events ({@link logyard.core.event.Message}), the batches that carry many of them ({@link
 * logyard.core.event.BatchFrame}), the streams they come from, and the JSON they are written in.
 *
 * <p>Pure bytes: nothing here reads or writes a file, a socket or a clock.
 */
@NullMarked
package logyard.core.event;

import org.jspecify.annotations.NullMarked;
