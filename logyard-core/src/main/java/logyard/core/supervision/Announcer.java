package logyard.core.supervision;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import logyard.core.drain.DrainBatch;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.MessageFormat;
import logyard.core.drain.MessageFormat.UnformattableException;
import logyard.core.router.Account;
import logyard.core.router.Drop;
import logyard.core.router.DropReason;

/**
 * Tells the target of a drain, inside its stream, what it never gets: at once, but while losses go on only from time to
 * time, with their sum. What was told counts as told when its batch is settled, and is saved with the cursor. One run, one
 * thread.
 */
final class Announcer {
    /** So long losses are gathered after a notice. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** A notice is none of the events that the drain wanted, which are numbered from 1. */
    private static final long NO_SEQUENCE = 0;

    private final DrainSpec spec;
    private final MessageFormat format;
    private final String node;
    private final Clock clock;
    private Account seen;
    private Instant last = Instant.MIN;

    /**
     * One run's.
     *
     * @param format what the drain sends
     * @param settled what became of the drain's events so far: what its target was not told of comes first
     */
    Announcer(DrainSpec spec, MessageFormat format, String node, Clock clock, Account settled) {
        this.spec = spec;
        this.format = format;
        this.node = node;
        this.clock = clock;
        this.seen = settled;
    }

    /** Takes note of a loss; what it adds to the account. */
    Account dropped(DropReason reason, long events) {
        if (events == 0) {
            return Account.NOTHING;
        }
        Account loss = Account.dropped(reason, events, clock.instant().getEpochSecond());
        seen = seen.plus(loss);
        return loss;
    }

    /** Whether there is something to be told now. */
    boolean isDue() {
        if (seen.open() == 0) {
            return false;
        }
        Instant now = clock.instant();
        return last.equals(Instant.MIN) || now.isBefore(last) || !now.isBefore(last.plus(PAUSE));
    }

    /** Adds a notice to a batch if one is due; what it adds to the account when the batch is settled. */
    Account announceIn(DrainBatch batch) {
        if (!isDue()) {
            return Account.NOTHING;
        }
        last = clock.instant();
        Map<DropReason, Drop> open = seen.drops().entrySet().stream()
                .filter(drop -> drop.getValue().open() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        try {
            batch.add(LossNotice.of(spec.uri().filters(), node, open, clock), NO_SEQUENCE, format);
        } catch (UnformattableException e) {
            return Account.NOTHING; // the format can take no notice either; the status shows it nevertheless
        }
        Account told = seen.announcement();
        seen = seen.plus(told);
        return told;
    }
}
