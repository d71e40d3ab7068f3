/** What a line that a spec's regex was found in becomes: see {@link logyard.core.sieve.handler.Handler}. */
@NullMarked
package logyard.core.sieve.handler;

import org.jspecify.annotations.NullMarked;
