package logyard.config;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small files of state that are replaced whole: after a crash or a power failure at any moment there is the old content
 * or the new one, never a mixture. Readable by their owner only.
 */
public final class DurableFile {
    private static final Logger log = LoggerFactory.getLogger(DurableFile.class);

    private DurableFile() {}

    /** Understands the content of a file; throws if it is not what it should be. */
    public interface Parser<T> {
        T parse(byte[] content) throws IOException;
    }

    /** What {@link #load} found; {@code damaged} counts the generations that could not be used. */
    public record Loaded<T>(Optional<T> content, int damaged) {}

    /** Replaces the content of {@code file}. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path next = write(file, content);
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
        syncFolder(file);
    }

    /** Replaces the content of {@code file} and keeps the old one beside it, for {@link #load} to fall back to. */
    public static void replaceKeepingPrevious(Path file, byte[] content) throws IOException {
        Path next = write(file, content);
        if (Files.exists(file)) {
            Files.move(file, previous(file), ATOMIC_MOVE, REPLACE_EXISTING);
        }
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
        syncFolder(file);
    }

    /**
     * The content of {@code file}, or of the generation before if it is missing or {@code parser} refuses it.
     *
     * @throws NewerVersionException if {@code parser} does: a file of a later version is left as it is
     */
    public static <T> Loaded<T> load(Path file, Parser<T> parser) {
        int damaged = 0;
        for (Path generation : new Path[] {file, previous(file)}) {
            try {
                return new Loaded<>(Optional.of(parser.parse(Files.readAllBytes(generation))), damaged);
            } catch (NoSuchFileException e) {
                // The first start, or a crash between the two renames.
            } catch (IOException e) {
                log.warn("Cannot use {}: {}", generation, e.getMessage());
                damaged++;
            }
        }
        return new Loaded<>(Optional.empty(), damaged);
    }

    /** The file was written by a later version of Logyard; the message says which and what to do. */
    public static final class NewerVersionException extends RuntimeException {
        public NewerVersionException(Path file, int version, int known) {
            super(file + " is of version " + version + ", this Logyard knows " + known
                    + ": install the version that wrote it, or move the file away");
        }
    }

    private static Path previous(Path file) {
        return file.resolveSibling(file.getFileName() + ".previous");
    }

    private static Path write(Path file, byte[] content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel = FileChannel.open(next, options, ownerOnly)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return next;
    }

    /** Makes the names in the folder of {@code file} safe from a power failure. */
    public static void syncFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
