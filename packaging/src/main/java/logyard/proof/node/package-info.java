/** The parts of the real thing that a proof runs: {@link logyard.proof.node.Node} with the daemons of the distribution. */
@NullMarked
package logyard.proof.node;

import org.jspecify.annotations.NullMarked;
