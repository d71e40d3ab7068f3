package logyard.core.subscriber;

import java.time.Clock;
import java.util.UUID;
import logyard.core.bus.Missed;
import logyard.core.event.BatchBuilder;
import logyard.core.event.Events;
import logyard.core.event.Message;
import logyard.core.event.PrefixTrie;
import logyard.core.event.StreamId;
import logyard.core.router.Account;
import logyard.core.router.DropReason;
import logyard.core.router.FedRecord;

/**
 * One delivery in the making: what a subscriber wants of some records of the journal, and what is missing between them.
 * One thread.
 *
 * <p>The positions in its batch are those of the journal. Event <i>i</i> of all in the frame of a record, from 0 on and
 * wanted or not, ends as many bytes behind the beginning of the frame as its number says: in one journal that is another
 * position for each event, and the same whenever it is read.
 */
final class DeliveryDraft {
    private final String client;
    private final StreamId journal;
    private final PrefixTrie<Boolean> wanted;
    private final Events events = new Events();
    private BatchBuilder batch;
    private long start;
    private long next;
    private long ordinal;
    private long readBack;
    private long delivered;
    private Missed missed = Missed.NOTHING;

    /**
     * An empty one.
     *
     * @param next where the journal is read from
     * @param ordinal how many events were wanted before that
     */
    DeliveryDraft(String client, UUID journal, PrefixTrie<Boolean> wanted, long next, long ordinal) {
        this.client = client;
        this.journal = new StreamId(journal.getMostSignificantBits(), journal.getLeastSignificantBits());
        this.wanted = wanted;
        this.next = next;
        this.ordinal = ordinal;
        this.start = next;
        this.batch = new BatchBuilder(client, this.journal, start);
    }

    /** Whether a record is not too far behind the others: a batch tells positions by differences of 31 bits. */
    boolean takes(FedRecord record) {
        return delivered == 0 || record.next() - start <= Integer.MAX_VALUE;
    }

    /** Adds what is wanted of a record. */
    void add(FedRecord record) {
        long frame = record.next() - record.frame().length;
        if (delivered == 0 && record.next() - start > Integer.MAX_VALUE) {
            start = frame;
            batch = new BatchBuilder(client, journal, start);
        }
        long found = 0;
        long number = 0;
        Message message = events.over(record.frame()).message();
        while (events.next()) {
            number++;
            if (!wanted.match(message.bytes(), message.start(), message.valueStart())
                    .isEmpty()) {
                batch.event().append(message.bytes(), message.start(), message.end() - message.start());
                batch.endEvent(frame + number);
                found++;
            }
        }
        // What was counted when it came in, and is not here, was damaged in between.
        long damaged = record.ordinal() - ordinal - record.lost().inJournal() - found;
        missed = new Missed(
                missed.evicted() + record.lost().evicted(),
                missed.damaged() + record.lost().damaged() + damaged,
                missed.unstored() + record.lost().unstored());
        delivered += found;
        next = record.next();
        ordinal = record.ordinal();
        readBack += record.readBackBytes();
    }

    /** Whether there is something to tell; else there is only a part of the journal that is passed. */
    boolean isEmpty() {
        return delivered == 0 && missed.events() == 0;
    }

    /** How large the batch is by now. */
    int length() {
        return batch.length();
    }

    /** How much of the journal was read for it. */
    long readBackBytes() {
        return readBack;
    }

    /** Up to where the journal was read. */
    long next() {
        return next;
    }

    /** How many events were wanted up to there. */
    long ordinal() {
        return ordinal;
    }

    Missed missed() {
        return missed;
    }

    /** The batch, as a frame; empty if there is no event. To be called once. */
    byte[] batch() {
        return delivered == 0 ? new byte[0] : batch.finish().bytes();
    }

    /** What became of the events once the subscriber has acknowledged this, by which it knows what it missed. */
    Account gains(Clock clock) {
        long now = clock.instant().getEpochSecond();
        Account lost = dropped(DropReason.EVICTED, missed.evicted(), now)
                .plus(dropped(DropReason.DAMAGED, missed.damaged(), now))
                .plus(dropped(DropReason.UNSTORED, missed.unstored(), now));
        return Account.delivered(delivered).plus(lost).plus(lost.announcement());
    }

    private static Account dropped(DropReason reason, long events, long now) {
        return events == 0 ? Account.NOTHING : Account.dropped(reason, events, now);
    }
}
