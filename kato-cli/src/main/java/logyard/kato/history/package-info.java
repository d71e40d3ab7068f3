/**
 * What was done with kato in the cluster, as its Redis remembers it: start at {@link
 * logyard.kato.history.HistoryCommand}. The one package of kato that knows Jedis.
 */
@NullMarked
package logyard.kato.history;

import org.jspecify.annotations.NullMarked;
