package logyard.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import logyard.config.fault.DurableStep;
import logyard.core.bus.Acknowledger;
import logyard.core.bus.PendingAcknowledgements;
import logyard.core.journal.Commit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes with each commit: telling publishers what is safe, and saving where drains and subscribers stand. On the thread
 * {@code commit}.
 *
 * <p>What is saved often is seldom repeated after a crash. So it is saved with each commit where the disk is fast, for
 * which one is made when only a cursor has moved, and else as often as takes a twentieth of the time; once a second in any
 * case.
 */
final class CommitDuties implements Commit.Listener {
    private static final Logger log = LoggerFactory.getLogger(CommitDuties.class);

    private final Acknowledger acknowledger;
    private final PendingAcknowledgements pending;
    private final CursorSaving cursors;
    private final Runnable synced;
    private final List<PendingAcknowledgements.Taken> committing = new ArrayList<>();
    private final SavePace pace = new SavePace(System.nanoTime());

    /** @param synced is called after each commit; must not wait */
    CommitDuties(Acknowledger acknowledger, PendingAcknowledgements pending, CursorSaving cursors, Runnable synced) {
        this.acknowledger = acknowledger;
        this.pending = pending;
        this.cursors = cursors;
        this.synced = synced;
    }

    @Override
    public void beginning() {
        committing.add(pending.take());
    }

    @Override
    public void committed() {
        committing.forEach(acknowledger::send);
        DurableStep.EVENTS_ACKNOWLEDGED.done();
        committing.clear();
        synced.run();
        if (pace.isDue(System.nanoTime())) {
            try {
                save();
            } catch (IOException e) {
                log.debug("The next second it is tried again, and told: {}", e.getMessage());
            }
        }
    }

    private void save() throws IOException {
        long began = System.nanoTime();
        try {
            cursors.save();
        } finally {
            pace.saved(began, System.nanoTime());
        }
    }

    @Override
    public void removing() throws IOException {
        cursors.save();
    }

    @Override
    public void tick() throws IOException {
        save();
    }

    @Override
    public void close() {
        try {
            tick();
        } catch (IOException e) {
            log.error(
                    "Cannot save where drains and subscribers stand, they will repeat some events: {}", e.getMessage());
        }
        acknowledger.close();
    }
}
