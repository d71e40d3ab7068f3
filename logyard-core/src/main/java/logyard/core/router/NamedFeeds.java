package logyard.core.router;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where each of those stands in the journal who read it under a name, the drains of this node or its subscribers, whether
 * or not they do so just now. Any thread.
 */
public final class NamedFeeds {
    private record Wanted(DrainFeed feed, List<String> filters, UUID id) {
        Cursors.Saved saved() {
            return new Cursors.Saved(feed.cursor(), filters, id);
        }
    }

    private final Router router;
    private final CursorNotes.Readers notes;
    private final Consumer<Supplier<Map<String, Cursors.Saved>>> saver;

    // Guarded by this; each name is in one of them:
    private final Map<String, Cursors.Saved> saved;
    private final Map<String, Wanted> open = new HashMap<>();
    private boolean hasChanged; // otherwise than by what was read

    /**
     * @param notes where they begin, and where is noted how far they get
     * @param saver is told where they stand when there are new ones
     */
    public NamedFeeds(Router router, CursorNotes.Readers notes, Consumer<Supplier<Map<String, Cursors.Saved>>> saver) {
        this.router = router;
        this.notes = notes;
        this.saver = saver;
        this.saved = new HashMap<>(notes.cursors());
        this.saved.replaceAll((name, cursor) -> cursor.withId());
    }

    /** A name begins at {@code position}, if it does not stand somewhere already. */
    public synchronized void enter(String name, List<String> filters, LongSupplier position) {
        if (!open.containsKey(name) && !saved.containsKey(name)) {
            saved.put(name, Cursors.Saved.beginning(FeedCursor.startingAt(position.getAsLong()), filters));
            hasChanged = true;
        }
    }

    /** Saves which names there are and where they stand, if some were entered or forgotten since the last call. */
    public void saveEntered() {
        synchronized (this) {
            if (!hasChanged) {
                return;
            }
            hasChanged = false;
        }
        saver.accept(this::cursors);
    }

    /**
     * Opens the feed of a name that was entered; it goes on where it stood.
     *
     * @param filters as they are saved; if they differ from those before, what was pending is forgotten, which is saved
     *     before anything is read
     * @param prefixes what they mean, as bytes
     * @throws IOException if the end of the journal cannot be written, so that it could be read
     */
    public DrainFeed open(String name, List<String> filters, List<byte[]> prefixes) throws IOException {
        Cursors.Saved start = start(name, filters);
        DrainFeed feed = router.add(prefixes, start.cursor());
        synchronized (this) {
            open.put(name, new Wanted(feed, filters, start.id()));
            saved.remove(name);
        }
        saveEntered();
        feed.noteProgress(notes.note(name, start.id()));
        return feed;
    }

    private synchronized Cursors.Saved start(String name, List<String> filters) {
        Cursors.Saved known = saved.get(name);
        if (known == null) {
            throw new IllegalStateException(name + " was not entered");
        }
        if (known.filters().equals(filters)) {
            return known;
        }
        hasChanged = true;
        return Cursors.Saved.beginning(known.cursor().withoutPending(), filters);
    }

    /** A feed was closed; where it stood is kept, in case it goes on under the same name. */
    public synchronized void closed(String name) {
        Wanted closed = open.remove(name);
        if (closed != null) {
            saved.put(name, closed.saved());
        }
    }

    /** A name is gone for good. */
    public synchronized void forget(String name) {
        hasChanged |= saved.remove(name) != null;
        notes.forget(name::equals);
    }

    /** All names but these are gone for good, unless they are open. */
    public synchronized void forgetOthers(Set<String> names) {
        saved.keySet().retainAll(names);
        notes.forget(name -> !names.contains(name) && !open.containsKey(name));
    }

    /** When the oldest event came in that is not settled; empty if there is none. Reads the journal. */
    public Optional<Instant> oldestPending(String name) throws IOException {
        Wanted wanted;
        synchronized (this) {
            wanted = open.get(name);
        }
        return wanted == null ? Optional.empty() : wanted.feed().oldestPending();
    }

    /** Where one stood that has no feed open; empty if it is not known. */
    public synchronized Optional<FeedCursor> closedCursor(String name) {
        return Optional.ofNullable(saved.get(name)).map(Cursors.Saved::cursor);
    }

    /** Where each stands, to be saved. */
    public synchronized Map<String, Cursors.Saved> cursors() {
        Map<String, Cursors.Saved> cursors = new TreeMap<>(saved);
        open.forEach((name, wanted) -> cursors.put(name, wanted.saved()));
        return cursors;
    }
}
