package logyard.proof.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A file that a drain writes, read line by line as it grows. It must not be there before. */
public final class FileTarget implements AutoCloseable {
    private static final long LOOK_NANOS = 20_000_000;

    private final Path file;
    private final Consumer<String> lines;
    private final Thread thread = new Thread(this::read, "file-target");
    private volatile boolean isClosed;

    /** Begins to read; each line goes to {@code lines}, on a thread of its own. */
    public FileTarget(Path file, Consumer<String> lines) {
        this.file = file;
        this.lines = lines;
        thread.start();
    }

    /** The drain that writes here, for events whose key begins with one of the filters. */
    public String uri(String... filters) {
        return "file://" + file + "?format=json&filter=" + String.join("&filter=", filters);
    }

    private void read() {
        while (!Files.exists(file) && !isClosed) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        var line = new StringBuilder();
        var buffer = new byte[64 << 10];
        try (InputStream in = Files.newInputStream(file)) {
            while (!isClosed) {
                int read = in.read(buffer);
                if (read < 0) {
                    LockSupport.parkNanos(LOOK_NANOS);
                } else {
                    take(new String(buffer, 0, read, StandardCharsets.US_ASCII), line);
                }
            }
        } catch (IOException e) {
            if (!isClosed) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private void take(String text, StringBuilder line) {
        int begin = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
            lines.accept(line.append(text, begin, end).toString());
            line.setLength(0);
            begin = end + 1;
        }
        line.append(text, begin, text.length());
    }

    @Override
    public void close() throws InterruptedException {
        isClosed = true;
        thread.join();
    }
}
