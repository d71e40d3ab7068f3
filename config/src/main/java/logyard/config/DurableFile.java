package logyard.config;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import logyard.config.fault.DurableStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small files of state that are replaced whole: after a crash or a power failure at any moment there is the old content
 * or the new one, never a mixture. Readable by their owner only.
 *
 * <p>The last line of a file is the checksum of what is before it, as a JSON string, {@code "crc32c=1a2b3c4d"}: damage
 * that leaves the content readable, such as another digit, is noticed. A file without that line, written by hand, is
 * taken as it is.
 */
public final class DurableFile {
    private static final Logger log = LoggerFactory.getLogger(DurableFile.class);

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final String CHECKSUM_LINE = "\n\"crc32c=";
    private static final int CHECKSUM_BYTES = CHECKSUM_LINE.length() + "1a2b3c4d\"\n".length();

    private DurableFile() {}

    /** Understands the content of a file; throws if it is not what it should be. */
    public interface Parser<T> {
        T parse(byte[] content) throws IOException;
    }

    /** What {@link #load} found; {@code damaged} counts the generations that could not be used. */
    public record Loaded<T>(Optional<T> content, int damaged) {}

    /** Replaces the content of {@code file}. */
    public static void replace(Path file, byte[] content) throws IOException {
        rename(write(file, content), file);
    }

    /** Replaces the content of {@code file} and keeps the old one beside it, for {@link #load} to fall back to. */
    public static void replaceKeepingPrevious(Path file, byte[] content) throws IOException {
        Path next = write(file, content);
        if (Files.exists(file)) {
            Files.move(file, previous(file), ATOMIC_MOVE, REPLACE_EXISTING);
            DurableStep.PREVIOUS_KEPT.done(file);
        }
        rename(next, file);
    }

    private static void rename(Path next, Path file) throws IOException {
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
        DurableStep.FILE_RENAMED.done(file);
        syncFolder(file);
        DurableStep.FILE_NAMED.done(file);
    }

    /**
     * The content of {@code file}, or of the generation before if it is missing or damaged. What is damaged is put aside
     * as {@code <file>.damaged}, so that it does not become the generation before.
     *
     * @throws NewerVersionException if {@code parser} does: a file of a later version is left as it is
     */
    public static <T> Loaded<T> load(Path file, Parser<T> parser) {
        return load(file, parser, true);
    }

    /** As {@link #load}, but changes nothing: what is damaged stays where it is. */
    public static <T> Loaded<T> look(Path file, Parser<T> parser) {
        return load(file, parser, false);
    }

    private static <T> Loaded<T> load(Path file, Parser<T> parser, boolean putAside) {
        int damaged = 0;
        for (Path generation : new Path[] {file, previous(file)}) {
            try {
                return new Loaded<>(Optional.of(read(generation, parser, putAside)), damaged);
            } catch (NoSuchFileException e) {
                // The first start, or a crash between the two renames.
            } catch (IOException e) {
                log.warn("Cannot use {}: {}", generation, e.toString());
                damaged++;
            }
        }
        return new Loaded<>(Optional.empty(), damaged);
    }

    private static <T> T read(Path file, Parser<T> parser, boolean putAside) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try {
            return parser.parse(withoutChecksum(content));
        } catch (NewerVersionException e) {
            throw e;
        } catch (IOException
                | RuntimeException e) { // whatever a parser stumbles over, the file is not as it was written
            if (putAside) {
                Files.move(file, damaged(file), ATOMIC_MOVE, REPLACE_EXISTING);
                DurableStep.DAMAGED_PUT_ASIDE.done(file);
            }
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The file was written by a later version of Logyard; the message says which and what to do. */
    public static final class NewerVersionException extends RuntimeException {
        public NewerVersionException(Path file, int version, int known) {
            super(file + " is of version " + version + ", this Logyard knows " + known
                    + ": install the version that wrote it, or move the file away");
        }
    }

    /** Whether {@code file} was ever written: it, the generation before, or either one put aside is there. */
    public static boolean existed(Path file) {
        return Stream.of(file, previous(file))
                .anyMatch(generation -> Files.exists(generation) || Files.exists(damaged(generation)));
    }

    private static Path damaged(Path file) {
        return beside(file, ".damaged");
    }

    private static Path previous(Path file) {
        return beside(file, ".previous");
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static Path write(Path file, byte[] content) throws IOException {
        Path next = beside(file, ".next");
        Files.deleteIfExists(next);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(next, options, OWNER_ONLY)) {
            for (byte[] part : new byte[][] {content, checksum(content, content.length)}) {
                ByteBuffer bytes = ByteBuffer.wrap(part);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            DurableStep.FILE_WRITTEN.done(file);
            channel.force(true);
            DurableStep.FILE_SYNCED.done(file);
        } catch (IOException e) {
            Files.deleteIfExists(next); // a part of it would only take room on a full disk
            throw e;
        }
        return next;
    }

    private static byte[] checksum(byte[] content, int length) {
        var crc = new CRC32C();
        crc.update(content, 0, length);
        return String.format(Locale.ROOT, "%s%08x\"\n", CHECKSUM_LINE, crc.getValue())
                .getBytes(US_ASCII);
    }

    private static byte[] withoutChecksum(byte[] content) throws IOException {
        int length = content.length - CHECKSUM_BYTES;
        if (length < 0 || !new String(content, length, CHECKSUM_LINE.length(), US_ASCII).equals(CHECKSUM_LINE)) {
            return content;
        }
        if (!Arrays.equals(content, length, content.length, checksum(content, length), 0, CHECKSUM_BYTES)) {
            throw new IOException("its checksum is wrong; if it was edited, remove its last line");
        }
        return Arrays.copyOf(content, length);
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
