package logyard.proof.oracle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends numbered {@link Line}s to a log, at a rate on a thread of its own or at once. Lines and rotations are one after
 * the other, whoever asks for them.
 */
public final class LogWriter implements AutoCloseable {
    private static final int BURST_BYTES = 64 << 10;

    private final String source;
    private final Path file;
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private volatile boolean stopping;
    private volatile int linesPerSecond;
    private volatile BooleanSupplier mayWrite = () -> true;
    private @Nullable Thread thread;

    // Guarded by this:
    private @Nullable OutputStream out;

    public LogWriter(String source, Path file) {
        this.source = source;
        this.file = file;
    }

    public String source() {
        return source;
    }

    public Path file() {
        return file;
    }

    /** How many lines were written so far; their numbers are those below. */
    public int written() {
        return written.get();
    }

    /** Begins to write, one write(2) per line, until {@link #close}. */
    public void start(int rate) {
        start(rate, () -> true);
    }

    /** As the other one, but only while {@code condition} holds. */
    public void start(int rate, BooleanSupplier condition) {
        linesPerSecond = rate;
        mayWrite = condition;
        thread = new Thread(this::run, "writer-" + source);
        thread.start();
    }

    private void run() {
        try {
            long due = System.nanoTime();
            while (!stopping) {
                if (mayWrite.getAsBoolean()) {
                    write(1);
                }
                due += 1_000_000_000L / linesPerSecond;
                long early = due - System.nanoTime();
                if (early > 0) {
                    LockSupport.parkNanos(early);
                } else if (early < -1_000_000_000L) {
                    due = System.nanoTime(); // this machine does not write so fast
                }
            }
        } catch (UncheckedIOException e) {
            failure.set(e);
        }
    }

    /** Writes so many lines as fast as it goes. */
    public synchronized void write(int lines) {
        try {
            OutputStream log = open();
            var burst = new ByteArrayOutputStream();
            int first = written.get();
            for (int number = first; number < first + lines; number++) {
                burst.writeBytes((new Line(source, number).text() + "\n").getBytes(StandardCharsets.UTF_8));
                if (burst.size() >= BURST_BYTES || number == first + lines - 1) {
                    log.write(burst.toByteArray());
                    burst.reset();
                    written.set(number + 1);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private OutputStream open() throws IOException {
        OutputStream log = out;
        if (log == null) {
            log = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            out = log;
        }
        return log;
    }

    /** Renames the log; the next line goes into a new file, which is made at once. */
    public synchronized void rotate(Path to) {
        try {
            closeFile();
            Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
            open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the log; the next line goes into a new file. */
    public synchronized void delete() {
        try {
            closeFile();
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeFile() throws IOException {
        OutputStream log = out;
        out = null;
        if (log != null) {
            log.close();
        }
    }

    /**
     * Stops writing.
     *
     * @throws UncheckedIOException if a line could not be written
     */
    @Override
    public void close() {
        stopping = true;
        Thread writer = thread;
        if (writer != null) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        synchronized (this) {
            try {
                closeFile();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
