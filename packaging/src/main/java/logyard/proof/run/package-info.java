/** The runs of the proof, each a {@link logyard.proof.Run} with faults of one kind. */
@NullMarked
package logyard.proof.run;

import org.jspecify.annotations.NullMarked;
