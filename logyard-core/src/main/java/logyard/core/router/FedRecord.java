package logyard.core.router;

/**
 * A record that holds events a drain wants, among others maybe.
 *
 * @param next a cursor that stands there has passed this record
 * @param frame a batch or a single event
 * @param ordinal how many events the drain wanted up to here, this record's included
 * @param lost how many events between the record before and this one are gone: removed or damaged
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one owner to the next, compared by nobody
public record FedRecord(long next, byte[] frame, long ordinal, long lost) {}
