/**
 * The drain types that Logyard comes with. Each is one {@code …DrainType}, which checks and opens, and one {@code
 * …Drain}, which is open; the loop around them is {@link logyard.core.supervision}'s.
 */
@NullMarked
package logyard.drains;

import org.jspecify.annotations.NullMarked;
