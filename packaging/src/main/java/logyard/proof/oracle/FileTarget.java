package logyard.proof.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A file that a drain writes, read line by line as it grows. It must not be there before. */
public final class FileTarget implements AutoCloseable {
    private static final long LOOK_NANOS = 20_000_000;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final Consumer<String> lines;
    private final Thread thread = new Thread(this::read, "file-target");
    private final AtomicInteger torn = new AtomicInteger();
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
        var line = new ByteArrayOutputStream();
        var buffer = new byte[64 << 10];
        try (InputStream in = Files.newInputStream(file)) {
            while (!isClosed) {
                int read = in.read(buffer);
                if (read < 0) {
                    LockSupport.parkNanos(LOOK_NANOS);
                } else {
                    take(buffer, read, line);
                }
            }
        } catch (IOException e) {
            if (!isClosed) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private void take(byte[] bytes, int length, ByteArrayOutputStream line) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                take(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(bytes[i]);
            }
        }
    }

    private void take(String line) {
        try {
            JSON.readTree(line);
            lines.accept(line);
        } catch (JsonProcessingException e) {
            torn.incrementAndGet();
        }
    }

    /** Beginnings of lines, as a process leaves that is killed while it writes; the whole line comes again. */
    public int torn() {
        return torn.get();
    }

    @Override
    public void close() throws InterruptedException {
        isClosed = true;
        thread.join();
    }
}
