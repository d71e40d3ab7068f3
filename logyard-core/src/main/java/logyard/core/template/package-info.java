/**
 * Go's text/template, which the drain formats of operators are written in. Start at
 * {@link logyard.core.template.Template}.
 *
 * <p>A template is parsed once ({@code parse} makes {@code node}s) and rendered for every record: by {@code field} if it
 * only names fields, else by its nodes over the values that {@code json} reads. {@code format} prints as Go's fmt does,
 * {@code function} holds the functions, {@code value} and {@code text} what all of them work with. Nothing here knows
 * drains, keys or the bus.
 *
 * <p>The output is that of the original, byte for byte, with one difference on purpose: a number that the record writes as
 * an integer prints as that integer, and is taken as one wherever Go refuses a float64 (see
 * {@link logyard.core.template.value.JsonInteger}).
 */
@NullMarked
package logyard.core.template;

import org.jspecify.annotations.NullMarked;
