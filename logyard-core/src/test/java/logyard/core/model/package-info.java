/** What tests share that try random sequences of actions against a model: start at {@link logyard.core.model.FailingSequence}. */
@NullMarked
package logyard.core.model;

import org.jspecify.annotations.NullMarked;
