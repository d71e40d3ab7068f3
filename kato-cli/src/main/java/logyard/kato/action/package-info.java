/** What operators did, told in a log that becomes the history of the cluster: start at {@link logyard.kato.action.ActionLog}. */
@NullMarked
package logyard.kato.action;

import org.jspecify.annotations.NullMarked;
