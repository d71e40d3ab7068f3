/**
 * The functions a template may call, as text/template has them. Start at
 * {@link logyard.core.template.function.Functions}. {@code and} and {@code or} are not here: they need not evaluate all
 * their arguments, so they belong to {@code node}.
 */
@NullMarked
package logyard.core.template.function;

import org.jspecify.annotations.NullMarked;
