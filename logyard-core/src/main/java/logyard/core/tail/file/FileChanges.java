package logyard.core.tail.file;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import logyard.core.tail.file.WatchedDirectory.Mode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the tail thread waits: for a change in a watched directory, for another thread, or for the time to poll.
 *
 * <p>It watches directories, since a watch on a file is lost with a rename. Events make it quick, polling makes it sure:
 * some file systems tell nothing, the kernel's queue can overflow, and it has a limit on watches per user. Past that
 * limit files are polled, and the watch is asked for again once a minute.
 *
 * <p>One thread uses it; only {@link #wakeUp} and {@link #overflows} may be called by others.
 */
public final class FileChanges implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileChanges.class);

    private static final WatchEvent.Kind<?>[] ALL = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
    private static final WatchEvent.Kind<?>[] NAMES = {ENTRY_CREATE, ENTRY_DELETE};
    private static final long RETRY = TimeUnit.SECONDS.toNanos(60);

    private final WatchServices services;
    private final LongSupplier nanoClock;
    private final WakeableWait wait = new WakeableWait();
    private final List<WatchedDirectory> directories = new ArrayList<>();
    private final AtomicLong overflows = new AtomicLong();
    private @Nullable WatchService service;
    private boolean warned;
    private long retryAt;

    /** Opens a watch service; there may be no more to be had. */
    @FunctionalInterface
    public interface WatchServices {
        WatchService open() throws IOException;
    }

    /** Is told, on the waiting thread, that something may have happened to its file. */
    public interface Listener {
        /** Its content or its permissions changed. */
        void contentChanged();

        /** It may have come, gone, or become another one. */
        void nameChanged();
    }

    public FileChanges(WatchServices services, LongSupplier nanoClock) {
        this.services = services;
        this.nanoClock = nanoClock;
        this.retryAt = nanoClock.getAsLong() + RETRY;
    }

    /** With the watch service and the clock of the platform. */
    public FileChanges() {
        this(FileSystems.getDefault()::newWatchService, System::nanoTime);
    }

    /**
     * Watches the directories in which a change can concern {@code file}; neither it nor they need exist.
     *
     * @param files where it is looked up
     */
    public PathWatch watch(Path file, FileTree files, Listener listener) {
        return new PathWatch(this, files, file, listener);
    }

    /** Waits for a change, for {@link #wakeUp}, or for the time given, and tells the listeners. */
    public void await(long nanos) {
        WatchKey key = wait.await(service, nanos);
        long now = nanoClock.getAsLong();
        while (key != null) {
            tell(key, now);
            key = service == null ? null : service.poll();
        }
        for (int i = 0; i < directories.size(); i++) {
            WatchedDirectory directory = directories.get(i);
            if (directory.isQuietAgain(now)) {
                register(directory, Mode.ATTENTIVE);
                directory.allContentsChanged(); // what was written before the watch was complete again
            }
        }
        if (now - retryAt >= 0) {
            retry(now);
        }
    }

    /** Ends the present or else the next {@link #await}; any thread may call it. */
    public void wakeUp() {
        wait.wakeUp();
    }

    /** How often the kernel, or Java, had more to tell than it could keep. */
    public long overflows() {
        return overflows.get();
    }

    @Override
    public void close() throws IOException {
        if (service != null) {
            service.close();
        }
    }

    /** The directory there, watched from now on if it was not. */
    WatchedDirectory directory(Path path, FileStatus status) {
        for (WatchedDirectory directory : directories) {
            if (directory.status.isSameFileAs(status)) {
                return directory;
            }
        }
        var directory = new WatchedDirectory(path, status);
        directories.add(directory);
        register(directory, Mode.ATTENTIVE);
        return directory;
    }

    void release(WatchedDirectory directory) {
        if (directory.isUnused() && directories.remove(directory)) {
            directory.key().ifPresent(WatchKey::cancel);
        }
    }

    private void tell(WatchKey key, long now) {
        List<WatchEvent<?>> events = key.pollEvents();
        boolean valid = key.reset();
        watchedBy(key).ifPresent(directory -> {
            boolean content = false;
            for (WatchEvent<?> event : events) {
                content |= event.kind() == ENTRY_MODIFY;
                tell(directory, event);
            }
            if (!valid) {
                directories.remove(directory);
                directory.gone();
            } else if (content && directory.isTooBusy(now)) {
                register(directory, Mode.BUSY);
                directory.foundData(now);
                directory.allContentsChanged(); // so that all its files are polled
            }
        });
    }

    private void tell(WatchedDirectory directory, WatchEvent<?> event) {
        if (event.kind() == OVERFLOW) {
            overflows.incrementAndGet();
            directory.allNamesChanged();
        } else if (event.kind() == ENTRY_MODIFY) {
            directory.contentChanged(String.valueOf(event.context()));
        } else {
            directory.nameChanged(String.valueOf(event.context()));
        }
    }

    private Optional<WatchedDirectory> watchedBy(WatchKey key) {
        return directories.stream()
                .filter(directory -> directory.key().equals(Optional.of(key)))
                .findFirst();
    }

    /** Watches a directory, or watches it for other kinds of change: then the key stays the same. */
    private void register(WatchedDirectory directory, Mode mode) {
        try {
            WatchService watches = service;
            if (watches == null) {
                watches = services.open();
                service = watches;
            }
            directory.watchedBy(directory.path.register(watches, mode == Mode.BUSY ? NAMES : ALL), mode);
        } catch (IOException e) {
            directory.unwatched();
            if (!warned) {
                log.warn("Cannot watch {}, polling instead: {}", directory.path, e.getMessage());
                warned = true;
            }
        }
    }

    private void retry(long now) {
        retryAt = now + RETRY;
        for (WatchedDirectory directory : List.copyOf(directories)) {
            if (directory.isUnwatched()) {
                register(directory, Mode.ATTENTIVE);
                directory.allNamesChanged();
            }
        }
        if (warned && directories.stream().noneMatch(WatchedDirectory::isUnwatched)) {
            warned = false;
            log.info("All directories are watched again");
        }
    }
}
