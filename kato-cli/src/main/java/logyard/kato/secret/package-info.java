/** Which settings are secrets, by the way that leads to them: start at {@link logyard.kato.secret.Secrets}. */
@NullMarked
package logyard.kato.secret;

import org.jspecify.annotations.NullMarked;
