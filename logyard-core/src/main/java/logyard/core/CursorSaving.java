package logyard.core;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import logyard.core.journal.Journal;
import logyard.core.router.Cursors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves where the drains stand. Any thread; one after the other. */
final class CursorSaving {
    private static final Logger log = LoggerFactory.getLogger(CursorSaving.class);

    private final Journal journal;
    private final Cursors cursors;

    CursorSaving(Journal journal, Cursors cursors) {
        this.journal = journal;
        this.cursors = cursors;
    }

    /** Makes the journal safe first: no cursor is saved that it is not safe up to. */
    synchronized void save(Supplier<Map<String, Cursors.Saved>> current) throws IOException {
        Map<String, Cursors.Saved> now = current.get(); // here, so that nothing older is saved over something newer
        journal.sync();
        cursors.save(now);
    }

    /**
     * As {@link #save}, for drains that begin: from here on a core that is killed gives them what came in meanwhile. If it
     * fails that is so from the next second on that it works.
     */
    void saveNew(Supplier<Map<String, Cursors.Saved>> current) {
        try {
            save(current);
        } catch (IOException e) {
            log.warn("Cannot save where new drains begin, trying again: {}", e.getMessage());
        }
    }
}
