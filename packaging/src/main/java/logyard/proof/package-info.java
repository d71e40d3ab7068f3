/**
 * The proof that no line is lost, {@code packaging/proof.sh}: runs with real daemons, each with faults of one kind, and an
 * account of every line. Start at {@link logyard.proof.ProofMain}; {@link logyard.proof.Stage} is what a run works with,
 * {@link logyard.proof.Proof#RUNS} names the runs. What they promise is in {@code docs/reliability.md}.
 */
@NullMarked
package logyard.proof;

import org.jspecify.annotations.NullMarked;
