/** What apptail itself has to say to the owners of applications: start at {@link logyard.apptail.timeline.Timeline}. */
@NullMarked
package logyard.apptail.timeline;

import org.jspecify.annotations.NullMarked;
