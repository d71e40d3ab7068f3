package logyard.core.supervision;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import logyard.core.drain.DrainSpec;
import logyard.core.router.Cursors;
import logyard.core.router.DrainFeed;
import logyard.core.router.FeedCursor;
import logyard.core.router.Router;

/** Where each drain of this node stands in the journal, whether or not it runs just now. Any thread. */
final class DrainFeeds {
    private record Wanted(DrainFeed feed, List<String> filters) {}

    private final Router router;
    private final Consumer<Supplier<Map<String, Cursors.Saved>>> saver;

    // Guarded by this; each drain is in one of them:
    private final Map<String, Cursors.Saved> saved;
    private final Map<String, Wanted> open = new HashMap<>();
    private boolean someAreNew;

    /** @param saver is told where the drains stand when there are new ones */
    DrainFeeds(Router router, Map<String, Cursors.Saved> saved, Consumer<Supplier<Map<String, Cursors.Saved>>> saver) {
        this.router = router;
        this.saver = saver;
        this.saved = new HashMap<>(saved);
    }

    /** A drain begins at {@code position}, if it does not stand somewhere already. */
    synchronized void enter(String name, DrainSpec spec, LongSupplier position) {
        if (!open.containsKey(name) && !saved.containsKey(name)) {
            saved.put(
                    name,
                    new Cursors.Saved(
                            FeedCursor.startingAt(position.getAsLong()),
                            spec.uri().filters()));
            someAreNew = true;
        }
    }

    /** Saves where drains begin that were entered since the last call, if there are any. */
    void saveEntered() {
        synchronized (this) {
            if (!someAreNew) {
                return;
            }
            someAreNew = false;
        }
        saver.accept(this::cursors);
    }

    /** Opens the feed of a drain that was entered; it goes on where it stood. */
    DrainFeed open(String name, DrainSpec spec) throws IOException {
        List<String> filters = spec.uri().filters();
        DrainFeed feed = router.add(spec.prefixes(), start(name, filters));
        synchronized (this) {
            open.put(name, new Wanted(feed, filters));
            saved.remove(name);
        }
        return feed;
    }

    private synchronized FeedCursor start(String name, List<String> filters) {
        Cursors.Saved known = saved.get(name);
        if (known == null) {
            throw new IllegalStateException("The drain " + name + " was not entered");
        }
        return known.filters().equals(filters) ? known.cursor() : known.cursor().withoutPending();
    }

    /** A drain's feed was closed; where it stood is kept, in case it goes on under the same name. */
    synchronized void closed(String name) {
        Wanted closed = open.remove(name);
        if (closed != null) {
            saved.put(name, new Cursors.Saved(closed.feed().cursor(), closed.filters()));
        }
    }

    /** A drain is gone for good. */
    synchronized void forget(String name) {
        saved.remove(name);
    }

    /** All drains but these are gone for good, unless they are open. */
    synchronized void forgetOthers(Set<String> names) {
        saved.keySet().retainAll(names);
    }

    /** When the oldest event came in that a drain has not settled; empty if there is none. Reads the journal. */
    Optional<Instant> oldestPending(String name) throws IOException {
        Wanted wanted;
        synchronized (this) {
            wanted = open.get(name);
        }
        return wanted == null ? Optional.empty() : wanted.feed().oldestPending();
    }

    /** Where a drain stood that has no feed open; empty if it is not known. */
    synchronized Optional<FeedCursor> closedCursor(String name) {
        return Optional.ofNullable(saved.get(name)).map(Cursors.Saved::cursor);
    }

    /** Where every drain stands, to be saved. */
    synchronized Map<String, Cursors.Saved> cursors() {
        Map<String, Cursors.Saved> cursors = new TreeMap<>(saved);
        open.forEach((name, wanted) ->
                cursors.put(name, new Cursors.Saved(wanted.feed().cursor(), wanted.filters())));
        return cursors;
    }
}
