/**
 * What secrets look like: by the name of what they are the value of, and in text. Nothing else knows; start at {@link
 * logyard.core.drain.Masking} for URIs, and at {@link logyard.core.secret.SecretText} for what is none.
 */
@NullMarked
package logyard.core.secret;

import org.jspecify.annotations.NullMarked;
