/** {@code kato log}: drains, and the live stream of all nodes. */
@NullMarked
package logyard.kato.log;

import org.jspecify.annotations.NullMarked;
