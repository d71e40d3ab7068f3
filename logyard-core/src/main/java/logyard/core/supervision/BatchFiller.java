package logyard.core.supervision;

import logyard.core.drain.DrainBatch;
import logyard.core.drain.MessageFormat;
import logyard.core.drain.MessageFormat.TooLargeException;
import logyard.core.drain.MessageFormat.UnformattableException;
import logyard.core.event.Events;
import logyard.core.event.Message;
import logyard.core.router.Account;
import logyard.core.router.DropReason;
import logyard.core.router.FedRecord;
import logyard.core.router.Lost;

/**
 * Puts what a drain wants of the journal's records into batches, in its format, and tells what becomes of each event once
 * its batch is delivered. One run, one thread.
 */
final class BatchFiller {
    private final DrainAttempt.Work work;
    private final MessageFormat format;
    private final Announcer announcer;
    private final Events events = new Events();
    private long readOrdinal;

    /**
     * Goes on behind what is settled.
     *
     * @param settled what became of the drain's events before
     */
    BatchFiller(DrainAttempt.Work work, MessageFormat format, Account settled) {
        this.work = work;
        this.format = format;
        this.announcer = new Announcer(work.spec(), format, work.node(), work.clock(), settled);
        this.readOrdinal = settled.settled();
    }

    /** Whether the target is to be told of losses now, even if there is no event. */
    boolean hasNotice() {
        return announcer.isDue();
    }

    /** Adds a notice of losses if one is due. */
    Account addNotice(DrainBatch batch) {
        return announcer.announceIn(batch);
    }

    /** Adds what is wanted of a record. */
    Account add(FedRecord record, DrainBatch batch) {
        Account gains = lose(record.lost(), batch);
        long delivered = 0;
        long refused = 0;
        long sequence = readOrdinal + record.lost().inJournal();
        Message message = events.over(record.frame()).message();
        while (events.next()) {
            if (work.spec().wants(message)) {
                sequence++;
                try {
                    batch.add(message, sequence, format);
                    delivered++;
                } catch (UnformattableException e) {
                    refused++;
                    gains = gains.plus(refuse(e, batch));
                }
            }
        }
        // What was counted when it came in, and is not here, was damaged in between.
        long missing = record.ordinal() - readOrdinal - record.lost().inJournal() - delivered - refused;
        readOrdinal = record.ordinal();
        return gains.plus(drop(DropReason.DAMAGED, missing, batch)).plus(Account.delivered(delivered));
    }

    private Account lose(Lost lost, DrainBatch batch) {
        if (lost.equals(Lost.NOTHING)) {
            return Account.NOTHING;
        }
        return announcer
                .dropped(DropReason.EVICTED, lost.evicted())
                .plus(announcer.dropped(DropReason.DAMAGED, lost.damaged()))
                .plus(announcer.dropped(DropReason.UNSTORED, lost.unstored()))
                .plus(announcer.announceIn(batch));
    }

    private Account refuse(UnformattableException why, DrainBatch batch) {
        work.counters().unformattable(work.spec().name(), why);
        return drop(why instanceof TooLargeException ? DropReason.TOO_LARGE : DropReason.UNFORMATTABLE, 1, batch);
    }

    private Account drop(DropReason reason, long events, DrainBatch batch) {
        return events == 0 ? Account.NOTHING : announcer.dropped(reason, events).plus(announcer.announceIn(batch));
    }
}
