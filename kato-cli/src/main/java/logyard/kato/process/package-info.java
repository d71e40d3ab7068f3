/** {@code kato process}: the daemons of each node, as the tree and systemd know them. Start at {@link logyard.kato.process.Processes}. */
@NullMarked
package logyard.kato.process;

import org.jspecify.annotations.NullMarked;
