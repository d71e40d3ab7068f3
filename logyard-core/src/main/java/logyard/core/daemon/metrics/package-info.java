/**
 * What a process tells of itself over HTTP: metrics as Prometheus text, whether it hangs, whether it is ready. Start at
 * {@link logyard.core.daemon.metrics.Vitals}, to which each part of a process adds what it has to say. Only here is
 * Prometheus' library known, and nothing here is on the way of an event: everything is read when somebody asks.
 */
@NullMarked
package logyard.core.daemon.metrics;

import org.jspecify.annotations.NullMarked;
