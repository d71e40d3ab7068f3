package logyard.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import logyard.config.fault.DurableStep;
import logyard.core.bus.Acknowledger;
import logyard.core.bus.PendingAcknowledgements;
import logyard.core.journal.Commit;
import logyard.core.router.Cursors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes with each commit: telling publishers what is safe, and once a second saving where the drains stand. On the
 * thread {@code commit}.
 */
final class CommitDuties implements Commit.Listener {
    private static final Logger log = LoggerFactory.getLogger(CommitDuties.class);

    private final Acknowledger acknowledger;
    private final PendingAcknowledgements pending;
    private final CursorSaving cursors;
    private final Supplier<Map<String, Cursors.Saved>> current;
    private final List<PendingAcknowledgements.Taken> committing = new ArrayList<>();

    CommitDuties(
            Acknowledger acknowledger,
            PendingAcknowledgements pending,
            CursorSaving cursors,
            Supplier<Map<String, Cursors.Saved>> current) {
        this.acknowledger = acknowledger;
        this.pending = pending;
        this.cursors = cursors;
        this.current = current;
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
    }

    @Override
    public void removing() throws IOException {
        cursors.save(current);
    }

    @Override
    public void tick() throws IOException {
        cursors.save(current);
    }

    @Override
    public void close() {
        try {
            tick();
        } catch (IOException e) {
            log.error("Cannot save where the drains stand, they will repeat some events: {}", e.getMessage());
        }
        acknowledger.close();
    }
}
