/**
 * What was done with kato in the cluster, as its Redis remembers it: start at {@link
 * logyard.kato.history.HistoryCommand}.
 */
@NullMarked
package logyard.kato.history;

import org.jspecify.annotations.NullMarked;
