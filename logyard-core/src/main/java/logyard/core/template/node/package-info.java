/**
 * A parsed template: what it consists of, and how each part executes. Start at
 * {@link logyard.core.template.node.Block}. Statements write, expressions have a value; both do their work in an
 * {@link logyard.core.template.node.Execution}. Nodes are immutable and may be used by many threads.
 */
@NullMarked
package logyard.core.template.node;

import org.jspecify.annotations.NullMarked;
