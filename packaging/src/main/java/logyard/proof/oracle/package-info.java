/**
 * What knows which lines were written and which arrived: {@link logyard.proof.oracle.Account} decides of each that comes
 * whether it is the one that was written, a repeat, another than was written, or nobody's.
 */
@NullMarked
package logyard.proof.oracle;

import org.jspecify.annotations.NullMarked;
