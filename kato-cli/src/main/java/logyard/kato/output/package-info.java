/** How commands show what they have to say: to whom, in which form, in which colours, and safe for a terminal. */
@NullMarked
package logyard.kato.output;

import org.jspecify.annotations.NullMarked;
