/**
 * Tells systemd that a process has started, how it is, and that it does not hang (sd_notify(3)): {@link
 * logyard.core.daemon.systemd.ServiceManager}. Nothing here is loaded where nobody is to be told.
 */
@NullMarked
package logyard.core.daemon.systemd;

import org.jspecify.annotations.NullMarked;
