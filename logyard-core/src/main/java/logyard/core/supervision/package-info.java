/**
 * Keeps the drains of this node as the cluster tree says: starts, stops, retries, and tells how each is. Start at {@link
 * logyard.core.supervision.DrainSupervisor}; {@link logyard.core.supervision.DrainRun} is the one loop all drains share.
 */
@NullMarked
package logyard.core.supervision;

import org.jspecify.annotations.NullMarked;
