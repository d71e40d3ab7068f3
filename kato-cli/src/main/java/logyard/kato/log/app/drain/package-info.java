/**
 * {@code kato log app drain}: where the lines of one application are sent, for its owner, who is not trusted with anything
 * else. Start at {@link logyard.kato.log.app.drain.OwnDrains}.
 */
@NullMarked
package logyard.kato.log.app.drain;

import org.jspecify.annotations.NullMarked;
