package logyard.core.journal;

/**
 * One record as it was read back.
 *
 * @param position where it begins
 * @param next where the one behind it begins; a cursor that stands there has passed this one
 * @param timeNanos when it was appended, in nanoseconds since the epoch
 * @param frame a batch frame or a single event; see {@link logyard.core.event.Events}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy per access would double the cost of reading back
public record JournalRecord(long position, long next, long timeNanos, byte[] frame) {}
