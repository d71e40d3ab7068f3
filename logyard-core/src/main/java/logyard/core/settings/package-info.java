/**
 * What operators set for the daemons in the tree: one record per daemon, read by that daemon and checked by {@code kato
 * config} before it is written. They are here because the modules of the daemons are closed to kato. So is what several of
 * them read of the cloud controller.
 */
@NullMarked
package logyard.core.settings;

import org.jspecify.annotations.NullMarked;
