package logyard.node;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Appends lines that carry a number each, {@code #17# …}, to a log file, at a rate or at once. */
final class NumberedLines implements AutoCloseable {
    private static final String FILLER = " the quick brown fox jumps over the lazy dog".repeat(3);

    private final Path file;
    private volatile boolean stopping;
    private final AtomicInteger written = new AtomicInteger();
    private Thread writer;

    NumberedLines(Path file) {
        this.file = file;
    }

    /** How many lines were written so far; their numbers are those below. */
    int written() {
        return written.get();
    }

    /** Writes {@code count} lines as fast as it goes. */
    void write(int count) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < count; i++) {
                out.write(next());
            }
        }
    }

    private byte[] next() {
        return ("#" + written.getAndIncrement() + "#" + FILLER + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Begins to write, one write(2) per line, until {@link #close}. */
    void start(int linesPerSecond) {
        writer = new Thread(() -> writeAt(linesPerSecond), "writer");
        writer.start();
    }

    private void writeAt(int linesPerSecond) {
        long begun = System.nanoTime();
        int first = written.get();
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            while (!stopping) {
                out.write(next());
                long due = begun + (written.get() - first) * 1_000_000_000L / linesPerSecond;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Stops writing. */
    @Override
    public void close() throws InterruptedException {
        stopping = true;
        if (writer != null) {
            writer.join();
        }
    }
}
