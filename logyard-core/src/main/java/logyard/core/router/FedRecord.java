package logyard.core.router;

/**
 * A record that holds events a drain wants, among others maybe; or a piece of the journal that holds none, with an empty
 * frame.
 *
 * @param next a cursor that stands there has passed this record
 * @param frame a batch or a single event; empty if there is nothing but {@code lost}, or not even that
 * @param ordinal how many events of the journal the drain wanted up to here, this record's included
 * @param lost what is gone between the record before and this one
 * @param readBackBytes how much of the journal was passed to find it; 0 if it was in memory
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one owner to the next, compared by nobody
public record FedRecord(long next, byte[] frame, long ordinal, Lost lost, long readBackBytes) {}
