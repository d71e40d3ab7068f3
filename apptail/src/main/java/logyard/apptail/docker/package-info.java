/**
 * What Docker's daemon tells of the containers of this node: that they ended, and what they write to their streams. Start
 * at {@link logyard.apptail.docker.Docker}. It knows nothing of Logyard's events and of instances; the one package of
 * apptail that knows Netty.
 */
@NullMarked
package logyard.apptail.docker;

import org.jspecify.annotations.NullMarked;
