package logyard.core.router;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * journal, and not of what is behind its end; the others are gone for good before anything is appended. See
 * docs/adr/0014-cursors-are-noted.md.
 */
public final class CursorNotes implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CursorNotes.class);

    private final Readers drains = new Readers("drain");
    private final Readers subscribers = new Readers("subscriber");

    // Guarded by this:
    private final Set<Integer> free = new TreeSet<>();
    private @Nullable NoteFile file; // null if it cannot be had: then there are no notes, and all else goes on
    private int slots;
    private boolean failing;

    private CursorNotes() {}

    /**
     * Adds to the cursors what was noted after they were saved. If the file cannot be read or written, that is said, and
     * nothing is noted.
     *
     * @param journal of which the caller has the lock
     * @param end of that journal
     */
    public static CursorNotes open(Path path, UUID journal, long end, Cursors cursors) {
        return open(path, NoteFile.Life.of(journal), end, cursors);
    }

    static CursorNotes open(Path path, NoteFile.Life life, long end, Cursors cursors) {
        var notes = new CursorNotes();
        Map<ReaderKey, CursorNote> known = new HashMap<>();
        try {
            for (CursorNote note : NoteFile.read(path, life)) {
                if (note.position() <= end) {
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

    private synchronized void begin(Path path, NoteFile.Life life, List<CursorNote> taken) {
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

    private synchronized int slot() {
        if (free.isEmpty()) {
            return slots++;
        }
        int slot = free.iterator().next();
        free.remove(slot);
        return slot;
    }

    private interface Writing {
        void to(NoteFile file) throws IOException;
    }

    private void write(Writing writing) {
        NoteFile to;
        synchronized (this) {
            to = file;
        }
        if (to == null) {
            return;
        }
        try {
            writing.to(to);
            failed(Optional.empty());
        } catch (IOException e) {
            failed(Optional.of(e));
        }
    }

    private synchronized void failed(Optional<IOException> error) {
        if (failing != error.isPresent()) {
            failing = error.isPresent();
            error.ifPresentOrElse(
                    e -> log.warn("Cannot note how far targets have got, trying again: {}", e.toString()),
                    () -> log.info("Could note again how far targets have got"));
        }
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

    /** Notes the progress of one feed. Any thread, but what is noted later is to be further on. */
    public final class Note {
        private final ReaderKey reader;
        private final int slot;
        private long number; // guarded by this

        private Note(ReaderKey reader, int slot, long number) {
            this.reader = reader;
            this.slot = slot;
            this.number = number;
        }

        /** It stands here now; the journal has been written up to there. */
        synchronized void write(FeedCursor cursor) {
            number++;
            var note = new CursorNote(reader, number, cursor.position(), cursor.account(), cursor.unstored());
            CursorNotes.this.write(file -> file.write(slot, note));
        }

        private synchronized long number() {
            return number;
        }
    }

    /** Those of one kind, by name. Any thread. */
    public final class Readers {
        private final String kind;

        // Guarded by this:
        private final Map<String, Note> notes = new HashMap<>();
        private Map<String, Cursors.Saved> cursors = Map.of();

        private Readers(String kind) {
            this.kind = kind;
        }

        private synchronized void begin(
                Map<String, Cursors.Saved> saved, Map<ReaderKey, CursorNote> known, List<CursorNote> taken) {
            Map<String, Cursors.Saved> now = new TreeMap<>(saved);
            saved.forEach((name, cursor) -> {
                CursorNote note = known.get(ReaderKey.of(kind, name, cursor.filters()));
                if (note != null && note.isAfter(cursor.cursor())) {
                    now.put(name, new Cursors.Saved(note.after(cursor.cursor()), cursor.filters()));
                    notes.put(name, new Note(note.reader(), taken.size(), note.number()));
                    taken.add(note);
                }
            });
            cursors = now;
        }

        /** Where each stood when the core ended. */
        public synchronized Map<String, Cursors.Saved> cursors() {
            return cursors;
        }

        /** Where one notes from now on that wants what {@code filters} say. */
        synchronized Note note(String name, List<String> filters) {
            ReaderKey reader = ReaderKey.of(kind, name, filters);
            Note known = notes.get(name);
            Note note = known == null ? new Note(reader, slot(), 0) : new Note(reader, known.slot, known.number());
            notes.put(name, note);
            return note;
        }

        /** Names are gone for good. */
        synchronized void forget(Predicate<String> gone) {
            notes.entrySet().removeIf(each -> {
                if (gone.test(each.getKey())) {
                    int slot = each.getValue().slot;
                    CursorNotes.this.write(file -> file.clear(slot));
                    synchronized (CursorNotes.this) {
                        free.add(slot);
                    }
                    return true;
                }
                return false;
            });
        }
    }
}
