/**
 * The short way for templates that only name fields, as nearly all formats do: the record's bytes are scanned once, and
 * what is asked for is copied from them. Start at {@link logyard.core.template.field.FieldPlan}. The output is that of the
 * nodes, byte for byte; where there is a doubt, the nodes are right.
 */
@NullMarked
package logyard.core.template.field;

import org.jspecify.annotations.NullMarked;
