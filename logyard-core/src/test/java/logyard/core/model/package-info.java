/** Random sequences of actions against a model, and what of a sequence is needed for it to fail. */
@NullMarked
package logyard.core.model;

import org.jspecify.annotations.NullMarked;
