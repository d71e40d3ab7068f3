/**
 * The journal: every event that enters a node is appended here once, and read back from any position. Start at {@link
 * logyard.core.journal.Journal}.
 *
 * <p>A <i>position</i> is a byte offset since the beginning of time: of a segment's header, of a record, or of the end.
 * The format is described in {@code docs/formats.md}.
 */
@NullMarked
package logyard.core.journal;

import org.jspecify.annotations.NullMarked;
