package logyard.core.router;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far drains and named subscribers have got since their cursors were saved, in {@code cursors.notes}: written with
 * each batch that a target took, and never synced. So a core that is killed goes on where it was, and repeats only what
 * no target had confirmed. Any thread.
 *
 * <p>A note outlives its process, but not its machine: after a power failure the journal may lack what a note counts, and
 * other events may get those positions. So only notes are taken that were made since this machine was started, of this
 * journal, not of what is behind its end, and of the very reader that a cursor was saved of ({@link
 * Cursors.Saved#id}); the others are gone for good before anything is appended. See
 * docs/adr/0014-cursors-are-noted.md.
 */
public final class CursorNotes implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CursorNotes.class);

    private final Readers drains = new Readers();
    private final Readers subscribers = new Readers();

    // Guarded by this:
    private final Set<Integer> free = new TreeSet<>();
    private @Nullable NoteFile file; // null if it cannot be had: then there are no notes, and all else goes on
    private int slots;

    private CursorNotes() {}

    /**
     * Adds to the cursors what was noted after they were saved. If the file cannot be read or written, that is said, and
     * nothing is noted.
     *
     * @param journal of which the caller has the lock
     * @param end of that journal
     */
    public static CursorNotes open(Path path, UUID journal, long end, Cursors cursors) {
        return open(path, Life.of(journal), end, cursors);
    }

    static CursorNotes open(Path path, Life life, long end, Cursors cursors) {
        var notes = new CursorNotes();
        Map<UUID, CursorNote> known = new HashMap<>();
        try {
            for (CursorNote note : NoteFile.read(path, life)) {
                if (note.cursor().countedTo() <= end) {
                    known.merge(note.reader(), note, (one, other) -> one.number() > other.number() ? one : other);
                }
            }
        } catch (IOException e) {
            log.warn("Cannot read {}, drains go on where their cursors were saved: {}", path, e.toString());
        }
        List<CursorNote> taken = new ArrayList<>();
        notes.drains.begin(cursors.saved(), known, taken);
        notes.subscribers.begin(cursors.savedSubscribers(), known, taken);
        notes.begin(path, life, taken);
        return notes;
    }

    private synchronized void begin(Path path, Life life, List<CursorNote> taken) {
        slots = taken.size();
        try {
            file = NoteFile.replace(path, life, taken);
        } catch (IOException e) {
            log.warn(
                    "Cannot write {}: if the core is killed, drains repeat what was delivered since cursors were saved ({})",
                    path,
                    e.toString());
        }
    }

    /** Those that note nothing, from cursors on. */
    public static Readers none(Map<String, Cursors.Saved> cursors) {
        Readers none = new CursorNotes().drains;
        none.begin(cursors, Map.of(), new ArrayList<>());
        return none;
    }

    /** Those of the drains. */
    public Readers drains() {
        return drains;
    }

    /** Those of the named subscribers. */
    public Readers subscribers() {
        return subscribers;
    }

    private synchronized int takeSlot() {
        if (free.isEmpty()) {
            return slots++;
        }
        int slot = free.iterator().next();
        free.remove(slot);
        return slot;
    }

    private synchronized void giveBack(int slot) {
        free.add(slot);
    }

    private synchronized @Nullable NoteFile file() {
        return file;
    }

    @Override
    public void close() {
        NoteFile closing;
        synchronized (this) {
            closing = file;
            file = null;
        }
        if (closing != null) {
            try {
                closing.close();
            } catch (IOException e) {
                // What was written is written.
            }
        }
    }

    /** Notes the progress of one feed, at most so often as it is of use. Any thread. */
    public final class Note {
        /** So much of the journal may come twice for want of a note, if it came within {@link #PACE_NANOS}. */
        private static final long PACE_BYTES = 256 << 10;

        private static final long PACE_NANOS = 2_000_000;

        private final String name;
        private final UUID reader;
        private final int slot;

        // Guarded by this:
        private long number;
        private FeedCursor last = FeedCursor.startingAt(0);
        private long writtenNanos;
        private boolean over;
        private boolean failing;

        private Note(String name, UUID reader, int slot, long number) {
            this.name = name;
            this.reader = reader;
            this.slot = slot;
            this.number = number;
            this.writtenNanos = System.nanoTime() - PACE_NANOS;
        }

        /**
         * It stands here now, and the journal has been written as far as it has counted. Nothing is noted that is behind what
         * was, or comes from a feed that is followed by another one.
         *
         * @return false if it was too soon
         */
        synchronized boolean write(FeedCursor cursor) {
            NoteFile to = file();
            boolean isBehind =
                    cursor.position() < last.position() || !cursor.account().includes(last.account());
            if (to == null || over || isBehind) {
                return true;
            }
            long now = System.nanoTime();
            if (cursor.position() - last.position() < PACE_BYTES && now - writtenNanos < PACE_NANOS) {
                return false;
            }
            try {
                to.write(slot, new CursorNote(reader, number + 1, cursor));
                number++;
                last = cursor;
                writtenNanos = now;
                if (failing) {
                    failing = false;
                    log.info("Could note again how far {} has got", name);
                }
            } catch (IOException e) {
                if (!failing) {
                    failing = true;
                    log.warn("Cannot note how far {} has got, trying again: {}", name, e.toString());
                }
            }
            return true;
        }

        /** Whatever its feed settles now does not count any more. */
        private synchronized Note followedBy(UUID next) {
            over = true;
            return new Note(name, next, slot, number);
        }

        private synchronized void end() {
            over = true;
            NoteFile of = file();
            if (of == null) {
                return;
            }
            try {
                of.clear(slot);
            } catch (IOException e) {
                log.debug("What {} had noted stays until another one has its place: {}", name, e.toString());
            }
        }
    }

    /** Those of one kind, by name. Any thread. */
    public final class Readers {
        // Guarded by this:
        private final Map<String, Note> notes = new HashMap<>();
        private Map<String, Cursors.Saved> cursors = Map.of();

        private Readers() {}

        private synchronized void begin(
                Map<String, Cursors.Saved> saved, Map<UUID, CursorNote> known, List<CursorNote> taken) {
            Map<String, Cursors.Saved> now = new TreeMap<>(saved);
            saved.forEach((name, cursor) -> {
                CursorNote note = known.get(cursor.id());
                if (note != null && note.isAfter(cursor.cursor())) {
                    now.put(name, new Cursors.Saved(note.after(cursor.cursor()), cursor.filters(), cursor.id()));
                    notes.put(name, new Note(name, note.reader(), taken.size(), note.number()));
                    taken.add(note);
                }
            });
            cursors = now;
        }

        /** Where each stood when the core ended. */
        public synchronized Map<String, Cursors.Saved> cursors() {
            return cursors;
        }

        /** Where one notes from now on, and nobody else under its name. */
        synchronized Note note(String name, UUID reader) {
            Note known = notes.get(name);
            Note note = known == null ? new Note(name, reader, takeSlot(), 0) : known.followedBy(reader);
            notes.put(name, note);
            return note;
        }

        /** Names are gone for good. */
        synchronized void forget(Predicate<String> gone) {
            notes.values().removeIf(note -> {
                boolean isGone = gone.test(note.name);
                if (isGone) {
                    note.end();
                    giveBack(note.slot);
                }
                return isGone;
            });
        }
    }
}
