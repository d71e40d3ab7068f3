/**
 * What a template computes with: the values of a JSON record and of literals, with Go's types and Go's idea of true.
 * Start at {@link logyard.core.template.value.Value}. How they are printed is the business of {@code format}.
 */
@NullMarked
package logyard.core.template.value;

import org.jspecify.annotations.NullMarked;
