/**
 * {@code kato log drain}: one class per command, over {@link logyard.kato.log.drain.ConfiguredDrains}, the drains in the
 * tree, and {@link logyard.kato.log.drain.DrainStatuses}, how they are on each node.
 */
@NullMarked
package logyard.kato.log.drain;

import org.jspecify.annotations.NullMarked;
