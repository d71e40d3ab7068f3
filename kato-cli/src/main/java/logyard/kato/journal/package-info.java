/**
 * {@code logyard-cli journal}: looks at, exports, checks and repairs the journal of a node that is stopped. Start at {@link
 * logyard.kato.journal.JournalCommand}. What a journal is, is not known here, but in {@link logyard.core.journal}.
 */
@NullMarked
package logyard.kato.journal;

import org.jspecify.annotations.NullMarked;
