/**
 * Copies events about applications into the applications' own streams, in both apptail and cloud_events. Start at {@link
 * logyard.core.appcopy.AppEventCopier}.
 */
@NullMarked
package logyard.core.appcopy;

import org.jspecify.annotations.NullMarked;
