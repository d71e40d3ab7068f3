package logyard.core.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import logyard.core.tail.file.FileChanges;
import logyard.core.tail.file.FileStatus;
import logyard.core.tail.file.FileTree;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.position.Positions;
import logyard.core.tail.position.StreamId;

/**
 * A tailer without its thread and with a clock of its own: the test says when a round is done, when it stops, and when it
 * is killed. The files are real.
 */
final class SteppedTail implements LineHandler, AutoCloseable {
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(250);

    private final Path state;
    private final Map<Path, IOException> unopenable = new HashMap<>();
    private final List<OpenFile> opened = new ArrayList<>();
    private long nanos;
    private Positions positions;
    private FileChanges changes;
    private Rounds rounds;
    private TailContext context;

    final List<String> lines = new ArrayList<>();
    final List<String> passedOver = new ArrayList<>();
    final List<TailNotice> notices = new ArrayList<>();
    final Map<StreamId, Long> handedOut = new LinkedHashMap<>();
    final List<StreamId> closed = new ArrayList<>();
    boolean room = true;
    boolean acknowledging = true;
    OnLine onLine = (stream, line, end) -> {};
    BiConsumer<SteppedTail, TailedStream> onFlush = (tail, stream) -> {};

    /** Sees every line, of all lives. */
    interface OnLine {
        void line(TailedStream stream, String line, long end) throws IOException;
    }

    private SteppedTail(Path state) throws IOException {
        this.state = state;
        start();
    }

    static SteppedTail start(Path state) throws IOException {
        return new SteppedTail(state);
    }

    /** Starts another life. */
    void start() throws IOException {
        positions = Positions.open(state, new DirectExecutor());
        changes = new FileChanges(
                () -> {
                    throw new IOException("no watches in this test");
                },
                () -> nanos);
        context = TailContext.of(this, positions, changes, new Files());
        rounds = new Rounds(context, () -> nanos);
    }

    void follow(String name, Path path, FollowOptions options) {
        rounds.follow(name, path, options);
        settle();
    }

    void follow(Path path) {
        follow("log", path, FollowOptions.fromEnd(10));
    }

    void unfollow(String name) {
        rounds.unfollow(name);
        settle();
    }

    /** Does one round, and returns how long nothing more is to be done. */
    long step() {
        return rounds.round();
    }

    /** Lets the time between two looks pass, and does one round. */
    void stepOnce() {
        nanos += POLL;
        step();
    }

    /** Lets time pass in which nobody looks. */
    void pause(Duration time) {
        nanos += time.toNanos();
    }

    /** Looks at everything, and reads until there is nothing more. */
    void settle() {
        nanos += POLL;
        int before;
        do {
            before = lines.size();
        } while (step() == 0 || lines.size() > before);
    }

    /** Lets time pass, with a look every 250 ms. */
    void pass(Duration time) {
        for (long end = nanos + time.toNanos(); nanos < end; ) {
            nanos += POLL;
            step();
        }
        settle();
    }

    void acknowledgeAll() {
        handedOut.forEach(positions::acknowledge);
    }

    void acknowledge(StreamId id, long offset) {
        positions.acknowledge(id, offset);
    }

    /** What was acknowledged of a stream; everything, if it is done with. */
    long acknowledged(StreamId id) {
        return positions.acknowledged(id);
    }

    /** Ends this life as kill -9 does: nothing more is saved. */
    void kill() throws IOException {
        for (OpenFile file : opened) {
            file.close();
        }
        opened.clear();
        positions.close();
        changes.close();
    }

    /** Ends this life in good order. */
    @Override
    public void close() throws IOException {
        rounds.close();
        positions.close();
        changes.close();
    }

    /** Lets every attempt to open a path fail, or none any more. */
    void refuse(Path path, IOException reason) {
        unopenable.put(path, reason);
    }

    void allow(Path path) {
        unopenable.remove(path);
    }

    TailCounts counts() {
        return context.counters().read(0, positions.failures());
    }

    /** The lines since this was last asked. */
    List<String> takeLines() {
        List<String> all = List.copyOf(lines);
        lines.clear();
        return all;
    }

    /** Real ones, some of which cannot be opened. */
    private final class Files implements FileTree {
        @Override
        public OpenFile open(Path path) throws IOException {
            IOException reason = unopenable.get(path);
            if (reason != null) {
                throw reason;
            }
            OpenFile file = WHOLE.open(path);
            opened.add(file);
            return file;
        }

        @Override
        public FileStatus status(Path path) throws IOException {
            return WHOLE.status(path);
        }

        @Override
        public Path real(Path path) throws IOException {
            return WHOLE.real(path);
        }

        @Override
        public Listing regularFiles(Path directory, Predicate<Path> matters) throws IOException {
            return WHOLE.regularFiles(directory, matters);
        }
    }

    @Override
    public void passedOver(TailedStream stream, long lines, long bytes, long endOffset) {
        passedOver.add(lines + " lines, " + bytes + " bytes");
        handedOut.put(stream.id(), endOffset);
    }

    @Override
    public void line(TailedStream stream, byte[] buffer, int offset, int length, long endOffset) {
        String line = new String(buffer, offset, length, UTF_8);
        lines.add(line);
        try {
            onLine.line(stream, line, endOffset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        handedOut.put(stream.id(), endOffset);
    }

    @Override
    public void flush(TailedStream stream) {
        if (acknowledging) {
            acknowledgeAll();
        }
        onFlush.accept(this, stream);
    }

    @Override
    public boolean hasRoom() {
        return room;
    }

    @Override
    public void closed(TailedStream stream) {
        closed.add(stream.id());
    }

    @Override
    public void notice(TailNotice notice) {
        notices.add(notice);
    }

    /** Runs what it is given at once. */
    private static final class DirectExecutor extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return true;
        }

        @Override
        public boolean isTerminated() {
            return true;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
