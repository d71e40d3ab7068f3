package logyard.core;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import logyard.core.journal.Journal;
import logyard.core.journal.Unread;
import logyard.core.router.Cursors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves where the drains and the named subscribers stand. Any thread; one after the other. */
final class CursorSaving {
    private static final Logger log = LoggerFactory.getLogger(CursorSaving.class);

    private final Journal journal;
    private final Cursors cursors;

    // Changed under the lock; who was not heard of yet stands where it stood:
    private volatile Supplier<Map<String, Cursors.Saved>> drains;
    private volatile Supplier<Map<String, Cursors.Saved>> subscribers;

    CursorSaving(Journal journal, Cursors cursors) {
        this.journal = journal;
        this.cursors = cursors;
        this.drains = cursors::saved;
        this.subscribers = cursors::savedSubscribers;
    }

    /** From now on the drains stand where {@code current} says. */
    synchronized void drains(Supplier<Map<String, Cursors.Saved>> current) {
        drains = current;
    }

    /** From now on the named subscribers stand where {@code current} says. */
    synchronized void subscribers(Supplier<Map<String, Cursors.Saved>> current) {
        subscribers = current;
    }

    /** Makes the journal safe first: no cursor is saved that it is not safe up to. */
    synchronized void save() throws IOException {
        Map<String, Cursors.Saved> ofDrains = drains.get(); // here, so that nothing older is saved over something newer
        Map<String, Cursors.Saved> ofSubscribers = subscribers.get();
        journal.sync();
        cursors.save(ofDrains, ofSubscribers);
    }

    /**
     * As {@link #save}, where drains begin: from here on a core that is killed gives them what came in meanwhile. If it
     * fails that is so from the next second on that it works.
     */
    void saveNewDrains(Supplier<Map<String, Cursors.Saved>> current) {
        drains(current);
        saveNew();
    }

    /** The same where a subscriber begins. */
    void saveNewSubscribers(Supplier<Map<String, Cursors.Saved>> current) {
        subscribers(current);
        saveNew();
    }

    /** Who has not read all of the journal, be it open or only known from the last time. Waits for no save. */
    List<Unread> unread() {
        return Stream.of(drains, subscribers)
                .flatMap(all -> all.get().values().stream())
                .map(saved -> new Unread(saved.cursor().position(), saved.filters()))
                .toList();
    }

    private void saveNew() {
        try {
            save();
        } catch (IOException e) {
            log.warn("Cannot save where somebody new begins to read, trying again: {}", e.getMessage());
        }
    }
}
