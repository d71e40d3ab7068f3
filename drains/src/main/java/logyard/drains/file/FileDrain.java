package logyard.drains.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open file, written to on a thread of its own, since a disk may let one wait. A batch counts as taken when it is
 * synced, at a place where it stays: batches are synced together, 100 ms after the first one or when there are many
 * bytes.
 *
 * <p>When others rename the file, the drain goes on in one that they make, or, if they make none, in one of its own. What
 * was written and not synced when it was deleted or truncated is written once more.
 */
final class FileDrain implements Drain {
    private static final Logger log = LoggerFactory.getLogger(FileDrain.class);

    private static final Duration SYNC = Duration.ofMillis(100);

    /** As much as a run sends before it wants to hear that something was taken, or nearly. */
    private static final long SYNC_BYTES = 128 << 10;

    /** How often is looked, when nothing is written, whether the file is where it was. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** How long is waited for the file that is to take the place of one that was renamed. */
    private static final Duration SUCCESSOR = Duration.ofMillis(300);

    private static final Duration SUCCESSOR_LOOK = Duration.ofMillis(20);

    private record Sending(DrainBatch batch, CompletableFuture<Void> written) {}

    /** Something that may fail as disks do. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /** Opens the file, or makes it; if told so, throws away what is in it. */
    @FunctionalInterface
    interface Opener {
        OpenFile open(boolean empty) throws IOException;
    }

    private final String name;
    private final FileSettings settings;
    private final Opener opener;
    private final ScheduledExecutorService thread;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    // On its thread only:
    private final Deque<Sending> unwritten = new ArrayDeque<>();
    private final Deque<Sending> unsynced = new ArrayDeque<>();
    private OpenFile file;
    private long unsyncedBytes;
    private boolean syncPlanned;
    private boolean syncAtOnce;
    private boolean awaitsSuccessor;
    private long movedNanos;

    private FileDrain(
            String name, FileSettings settings, Opener opener, ScheduledExecutorService thread, OpenFile file) {
        this.name = name;
        this.settings = settings;
        this.opener = opener;
        this.thread = thread;
        this.file = file;
    }

    /** Opens the file; on the thread that is to be the drain's. */
    static FileDrain open(String name, FileSettings settings, AllowedFolders allowed, ScheduledExecutorService thread)
            throws IOException {
        return open(name, settings, empty -> OpenFile.open(settings, allowed, empty), thread);
    }

    /** Opens it on a disk of the caller's. */
    static FileDrain open(String name, FileSettings settings, Opener opener, ScheduledExecutorService thread)
            throws IOException {
        var drain = new FileDrain(name, settings, opener, thread, opener.open(settings.overwrite()));
        drain.every(LOOK, drain::look);
        return drain;
    }

    private void every(Duration pause, Work work) {
        var unused = thread.scheduleWithFixedDelay(
                () -> guarded(work), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void after(Duration pause, Work work) {
        var unused = thread.schedule(() -> guarded(work), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void guarded(Work work) {
        if (failure.isDone()) {
            return;
        }
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    @Override
    public Executor executor() {
        return thread;
    }

    @Override
    public CompletionStage<Void> write(DrainBatch batch) {
        var sending = new Sending(batch, new CompletableFuture<>());
        if (failure.isDone()) {
            return failure;
        }
        unwritten.add(sending);
        guarded(this::goOn);
        return sending.written();
    }

    /** Writes what is to be written, if there is a file to write it to. */
    private void goOn() throws IOException {
        if (!awaitsSuccessor && file.place() != OpenFile.Place.HERE) {
            settle();
        }
        while (!awaitsSuccessor && !unwritten.isEmpty()) {
            Sending next = unwritten.element();
            append(next.batch());
            unwritten.remove();
            unsynced.add(next);
            unsyncedBytes += next.batch().length();
        }
        planSync();
    }

    private void append(DrainBatch batch) throws IOException {
        if (settings.rotateBytes() == 0) {
            file.append(batch.bytes(), 0, batch.length());
            return;
        }
        for (int first = 0; first < batch.size(); ) {
            long room = settings.rotateBytes() - file.size();
            int next = first;
            while (next < batch.size() && batch.end(next) - batch.start(first) <= room) {
                next++;
            }
            if (next == first && file.size() > 0) {
                rotate();
            } else {
                next = Math.max(next, first + 1); // one that is longer than a file may be has one for itself
                file.append(batch.bytes(), batch.start(first), batch.end(next - 1) - batch.start(first));
                first = next;
            }
        }
    }

    private void rotate() throws IOException {
        file.sync();
        confirm();
        Rotation.move(file.path(), settings.rotateKeep());
        reopen("it was full");
    }

    private void planSync() {
        if (unsyncedBytes >= SYNC_BYTES && !syncAtOnce) {
            syncAtOnce = true;
            thread.execute(() -> guarded(this::sync)); // behind what comes in just now
        } else if (!unsynced.isEmpty() && !syncPlanned) {
            syncPlanned = true;
            after(SYNC, () -> {
                syncPlanned = false;
                sync();
            });
        }
    }

    private void sync() throws IOException {
        syncAtOnce = false;
        if (!unsynced.isEmpty()) {
            settle();
            goOn();
        }
    }

    private void look() throws IOException {
        if (!awaitsSuccessor && file.place() != OpenFile.Place.HERE) {
            settle();
            goOn();
        }
    }

    /** Syncs, and makes sure that what was synced stays. */
    private void settle() throws IOException {
        file.sync();
        switch (file.place()) {
            case HERE -> confirm();
            case TRUNCATED -> {
                file.acceptTruncation();
                writeOnceMore();
            }
            case REPLACED -> {
                confirm();
                reopen("another one has its name");
            }
            case MOVED -> {
                confirm();
                awaitsSuccessor = true;
                movedNanos = System.nanoTime();
                awaitSuccessor();
            }
            case DELETED -> {
                reopen("it was deleted");
                writeOnceMore();
            }
        }
    }

    private void confirm() {
        unsyncedBytes = 0;
        for (Sending next = unsynced.poll(); next != null; next = unsynced.poll()) {
            next.written().complete(null);
        }
    }

    private void writeOnceMore() {
        unsyncedBytes = 0;
        for (Sending last = unsynced.pollLast(); last != null; last = unsynced.pollLast()) {
            unwritten.addFirst(last);
        }
    }

    /** Whoever rotates files makes a new one right after, and would not like to find ours there. */
    private void awaitSuccessor() throws IOException {
        boolean isThere = Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS);
        if (!isThere && System.nanoTime() - movedNanos < SUCCESSOR.toNanos()) {
            after(SUCCESSOR_LOOK, this::awaitSuccessor);
            return;
        }
        awaitsSuccessor = false;
        reopen("it was moved");
        goOn();
    }

    private void reopen(String why) throws IOException {
        OpenFile next = opener.open(false);
        OpenFile old = file;
        file = next;
        old.close();
        log.info("[drain:{}] Opened {} anew: {}", name, next.path(), why);
    }

    /** What can be saved of what was written is; the rest will come again. */
    private void fail(Exception error) {
        try {
            if (file.place() == OpenFile.Place.HERE && !(error instanceof RuntimeException)) {
                file.sync();
                confirm();
            }
        } catch (IOException e) {
            cutUnsynced();
        }
        failure.completeExceptionally(error);
        unsynced.forEach(each -> each.written().completeExceptionally(error));
        unwritten.forEach(each -> each.written().completeExceptionally(error));
    }

    private void cutUnsynced() {
        try {
            file.cutUnsynced();
        } catch (IOException e) {
            log.warn("[drain:{}] Cannot take back what will be written again: {}", name, e.getMessage());
        }
    }

    @Override
    public CompletionStage<Void> failure() {
        return failure;
    }

    @Override
    public CompletionStage<Boolean> close() {
        guarded(this::sync);
        thread.shutdown();
        boolean hasAll = unsynced.isEmpty() && unwritten.isEmpty() && !failure.isDone();
        try {
            file.close();
            return CompletableFuture.completedFuture(hasAll);
        } catch (IOException e) {
            return CompletableFuture.completedFuture(false);
        }
    }

    @Override
    public String toString() {
        return "FileDrain{" + file.path() + "}";
    }
}
