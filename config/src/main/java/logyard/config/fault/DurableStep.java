package logyard.config.fault;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A step on a line's way after which something is on disk, or somebody relies on it. A process may die right after any of
 * them, and the next one must go on from what it finds: {@code -Dlogyard.fault=records-synced} makes it die there, see
 * {@link FaultPoint}.
 *
 * <p>The order between them is what no line is lost by: a file position is saved after the core has acknowledged
 * ({@link #EVENTS_ACKNOWLEDGED} before {@link #POSITIONS_SAVED}), the core acknowledges after it has synced ({@link
 * #RECORDS_SYNCED} before that), a cursor is saved after the journal is synced up to it, and a segment is removed after
 * the cursors that count what is in it were saved ({@link #CURSORS_SAVED} before {@link #SEGMENT_REMOVED}).
 */
public enum DurableStep {
    /** The file of a new segment was made; its header is not in it yet, nor its name safe. */
    SEGMENT_MADE,
    /** Records were written to a segment; they survive the process from now on. */
    RECORDS_WRITTEN,
    /** What was written to a segment was synced. */
    RECORDS_SYNCED,
    /** The name of a new segment was synced. */
    SEGMENT_NAMED,
    /** The summary of a complete segment was written. */
    SEGMENT_SUMMARIZED,
    /** Where the streams stand was written, {@code streams.json}. */
    STREAMS_SAVED,
    /** The summary of the oldest segment was deleted, the segment not yet. */
    SUMMARY_REMOVED,
    /** The oldest segment was deleted. */
    SEGMENT_REMOVED,
    /** A segment without the events of some applications took the place of the one that had them. */
    SEGMENT_THINNED,
    /** The torn end of the last segment was cut off, at a start. */
    TORN_END_CUT,
    /** The damaged header of a segment was written again, at a start. */
    HEADER_MENDED,
    /** A segment in which there is no record was put aside, at a start. */
    SEGMENT_PUT_ASIDE,
    /** Publishers were told what is stored. */
    EVENTS_ACKNOWLEDGED,
    /** How far a target has got was noted, {@code cursors.notes}; that survives the process, not the machine. */
    CURSOR_NOTED,
    /** Where the drains stand was saved, {@code cursors.json}. */
    CURSORS_SAVED,
    /** How far log files are delivered was saved, {@code positions.json}. */
    POSITIONS_SAVED,
    /** What the tree says was saved, {@code config-….json}. */
    SNAPSHOT_SAVED,
    /** Which instances there are was saved, {@code instances.json}. */
    INSTANCES_SAVED,
    /** The target of a file drain was synced; what was written to it counts as delivered from now on. */
    TARGET_SYNCED,
    /** The new content of a small file was written beside it. */
    FILE_WRITTEN,
    /** That content was synced. */
    FILE_SYNCED,
    /** The old content of a small file got the name of the generation before; nothing has its own name now. */
    PREVIOUS_KEPT,
    /** The new content got its name. */
    FILE_RENAMED,
    /** That name was synced. */
    FILE_NAMED,
    /** A small file that cannot be used was put aside, at a start. */
    DAMAGED_PUT_ASIDE;

    /** As {@code -Dlogyard.fault} has it, such as {@code records-synced}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<DurableStep> of(String label) {
        return Arrays.stream(values())
                .filter(step -> step.label().equals(label))
                .findFirst();
    }

    /** It was done just now. Free of cost, unless this process is to die at one of them. */
    public void done() {
        if (FaultPoint.STEP == this) {
            FaultPoint.reached("");
        }
    }

    /** It was done just now with a file. */
    public void done(Path file) {
        if (FaultPoint.STEP == this) {
            FaultPoint.reached(String.valueOf(file.getFileName()));
        }
    }
}
