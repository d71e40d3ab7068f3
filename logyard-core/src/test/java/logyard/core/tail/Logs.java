package logyard.core.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** What programs and operators do to log files. */
final class Logs {
    /** A little more than {@link logyard.core.tail.file.RotatedFiles} takes for certain. */
    private static final Duration NEW = Duration.ofMillis(110);

    /** Opens, appends, closes; makes the file if it is not there. */
    static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static void append(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Renames {@code log} to {@code log.1}, and what has that name to {@code log.2}, and so on. */
    static void rotate(Path log) throws IOException {
        shift(log);
        nextTick(log.getParent());
        Files.move(log, rotated(log, 1));
        nextTick(log.getParent());
    }

    /** Renames {@code log.1} to {@code log.2} and so on. */
    static void shift(Path log) throws IOException {
        int last = 0;
        while (Files.exists(rotated(log, last + 1))) {
            last++;
        }
        for (int i = last; i > 0; i--) {
            Files.move(rotated(log, i), rotated(log, i + 1));
        }
    }

    static Path rotated(Path log, int number) {
        return log.resolveSibling(log.getFileName() + "." + number);
    }

    static void copyTruncate(Path log, Path copy) throws IOException {
        Files.copy(log, copy, StandardCopyOption.REPLACE_EXISTING);
        truncate(log);
    }

    /** As logrotate does it: {@code log.1} becomes {@code log.2} and so on, a copy becomes {@code log.1}. */
    static void rotateByCopy(Path log) throws IOException {
        shift(log);
        nextTick(log.getParent());
        copyTruncate(log, rotated(log, 1));
        nextTick(log.getParent());
    }

    static void truncate(Path log) throws IOException {
        Files.newByteChannel(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                .close();
    }

    /**
     * Waits until the file system stamps new files with times after this moment, so that they are seen to be later than
     * others, and than the last look. Its clock may lag by a tick of the kernel, and is not the one it stamps changes with.
     */
    static void nextTick(Path directory) throws IOException {
        Path probe = directory.resolveSibling(directory.getFileName() + ".tick");
        FileTime now = FileTime.from(Instant.now());
        do {
            Files.deleteIfExists(probe);
            Files.createFile(probe);
        } while (birth(probe).compareTo(now) <= 0);
    }

    /** Waits until no file there is now was made so short a time ago that a look might not have shown it. */
    static void outliveNewFiles() {
        for (long end = System.nanoTime() + NEW.toNanos(); System.nanoTime() < end; ) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static FileTime birth(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).creationTime();
    }

    static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** For tests that lose so much that the log would be long. */
    static void quiet(boolean nothing) {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(FileTailer.class))
                .setLevel(nothing ? Level.OFF : null);
    }

    private Logs() {}
}
