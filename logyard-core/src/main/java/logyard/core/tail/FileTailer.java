package logyard.core.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import logyard.config.ThreadEnd;
import logyard.core.tail.file.FileChanges;
import logyard.core.tail.file.FileTree;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.position.Positions;
import logyard.core.tail.position.StreamId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows many files with one thread, named {@code tail}, and hands their lines to a {@link LineHandler}.
 *
 * <p>A line is handed out once it has its LF. Reading goes on after a restart, also after kill -9, where the handler's
 * owner has {@linkplain #acknowledge acknowledged}; an incomplete line stays in the file until then. A file that is seen
 * for the first time is read from the place the options name, one that comes later from its beginning.
 *
 * <p>Every method may be called by any thread but, for {@link #awaitFollowed} and {@link #close}, the handler's own.
 */
public final class FileTailer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileTailer.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Positions positions;
    private final FileChanges changes;
    private final TailContext context;
    private final Rounds rounds;
    private final Thread thread;
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final List<CountDownLatch> waiting = new ArrayList<>();
    private final AtomicReference<CompletableFuture<List<FileFigures>>> asked = new AtomicReference<>();
    private volatile long roundNanos = System.nanoTime();
    private volatile boolean closing;

    private FileTailer(LineHandler handler, Positions positions, FileChanges changes) {
        this.positions = positions;
        this.changes = changes;
        this.context = TailContext.of(handler, positions, changes);
        this.rounds = new Rounds(context, System::nanoTime);
        this.thread = new Thread(this::run, "tail");
        thread.setDaemon(true);
        positions.afterSave(changes::wakeUp);
    }

    /**
     * Starts a tailer that follows nothing yet.
     *
     * @param stateDirectory where it keeps how far it is; made if it is not there, and not shared with another tailer
     * @throws IOException if that directory cannot be used
     * @throws logyard.config.DurableFile.NewerVersionException if a newer Logyard wrote there
     */
    public static FileTailer start(Path stateDirectory, LineHandler handler) throws IOException {
        return start(Positions.open(stateDirectory), handler, new FileChanges());
    }

    static FileTailer start(Positions positions, LineHandler handler, FileChanges changes) {
        var tailer = new FileTailer(handler, positions, changes);
        tailer.thread.start();
        return tailer;
    }

    /**
     * Follows a path. A name that is followed already is followed with these options, and at this path, from now on.
     *
     * @param name the owner's word for it, such as {@code dea}
     */
    public void follow(String name, Path path, FollowOptions options) {
        follow(name, path, options, FileTree.WHOLE);
    }

    /**
     * As {@link #follow(String, Path, FollowOptions)}, for a path that is not looked up in the whole file system.
     *
     * @param files stays the same for as long as the name is followed at this path
     */
    public void follow(String name, Path path, FollowOptions options, FileTree files) {
        order(() -> rounds.follow(name, path, options, files, Optional.empty()));
    }

    /**
     * As {@link #follow(String, Path, FollowOptions, FileTree)}, for a file that may be gone before this thread looks.
     *
     * @param opened what was at the path just now; closed by the tailer, read if the path was never followed before
     */
    public void follow(String name, Path path, FollowOptions options, FileTree files, OpenFile opened) {
        order(() -> rounds.follow(name, path, options, files, Optional.of(opened)));
    }

    /** Saves how far it is so often; once a second if nothing is said. Where reading begins is always saved at once. */
    public void saveEvery(Duration interval) {
        order(() -> rounds.saveInterval(interval.toNanos()));
    }

    /**
     * Follows it no more: what was written before is still handed out, with an incomplete last line, and nothing that is
     * written later. Once that is acknowledged its positions are forgotten, and to follow it again is to see it for the
     * first time. If it is followed again before, reading goes on as if it had not been left.
     */
    public void unfollow(String name) {
        order(() -> rounds.unfollow(name));
    }

    /** Waits until every path followed so far was looked at, and where it starts is on disk: no later line is missed. */
    public boolean awaitFollowed(Duration patience) throws InterruptedException {
        var done = new CountDownLatch(1);
        order(() -> waiting.add(done));
        return done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Forgets the positions of everything that is not followed now; they are kept until then. */
    public void forgetOthers() {
        order(positions::forgetUnclaimed);
    }

    /** Says that all of a stream before {@code offset} has arrived and need not be read again. */
    public void acknowledge(StreamId stream, long offset) {
        positions.acknowledge(stream, offset);
    }

    /** Says that the handler may have room again. */
    public void wakeUp() {
        changes.wakeUp();
    }

    public TailCounts counts() {
        return context.counters().read(changes.overflows(), positions.failures());
    }

    /**
     * How it stands with each file; empty if the thread does not answer in time. Asks the size of each file, but nothing of
     * the disk.
     */
    public Optional<List<FileFigures>> figures(Duration patience) throws InterruptedException {
        CompletableFuture<List<FileFigures>> answer = asked.get();
        if (answer == null) { // else who asked before has had no answer yet
            answer = new CompletableFuture<>();
            CompletableFuture<List<FileFigures>> mine = answer;
            asked.set(mine);
            order(() -> {
                asked.set(null);
                mine.complete(rounds.figures());
            });
        }
        try {
            return Optional.of(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How long ago the thread last began to go through the files: a few seconds at most, unless it hangs. */
    public Duration sinceLastRound() {
        return Duration.ofNanos(System.nanoTime() - roundNanos);
    }

    /** Whether the thread runs; it ends by {@link #close}, or by an exception of the handler. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Stops reading and saves, within 2 s. */
    @Override
    public void close() {
        closing = true;
        changes.wakeUp();
        if (!ThreadEnd.await(thread, CLOSE)) {
            log.warn("Thread {} did not end within {}", thread.getName(), CLOSE);
        }
    }

    private void order(Runnable order) {
        orders.add(order);
        changes.wakeUp();
    }

    private void run() {
        try (positions;
                changes;
                rounds) {
            while (!closing) {
                roundNanos = System.nanoTime();
                for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                    order.run();
                }
                long pause = rounds.round();
                if (!waiting.isEmpty() && rounds.isAllRecorded()) {
                    waiting.forEach(CountDownLatch::countDown);
                    waiting.clear();
                }
                changes.await(pause);
            }
        } catch (IOException e) {
            log.debug("Cannot close the watch service: {}", e.getMessage());
        }
    }
}
