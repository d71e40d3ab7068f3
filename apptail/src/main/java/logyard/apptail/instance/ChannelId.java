package logyard.apptail.instance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The word in the subjects that makes them those of this node: apptail and the DEA read it from the same file, and whoever
 * comes first makes it (spec 05 §3).
 */
final class ChannelId {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MOST_BYTES = 256;
    private static final Set<PosixFilePermission> READABLE_BY_ALL = PosixFilePermissions.fromString("rw-r--r--");

    private ChannelId() {}

    /**
     * What the file says; makes it if it is not there.
     *
     * @throws IOException if it cannot be used; says what to do
     */
    static String of(Path file) throws IOException {
        try {
            return read(file);
        } catch (NoSuchFileException e) {
            return make(file, UUID.randomUUID().toString());
        }
    }

    private static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is no regular file; remove it, or set apptail.uid_file to another one");
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) > 0) {
                // a read may give less than there is
            }
            String word = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).trim();
            if (!WORD.matcher(word).matches()) {
                throw new IOException(file + " must hold one word of letters, digits, _ and -; remove it, and restart"
                        + " apptail and the DEA");
            }
            return word;
        }
    }

    private static String make(Path file, String word) throws IOException {
        Path written = Files.createTempFile(file.toAbsolutePath().getParent(), ".logyard-uid", "");
        try {
            Files.writeString(written, word);
            Files.setPosixFilePermissions(written, READABLE_BY_ALL);
            Files.createLink(file, written); // whole, or not at all; fails if another was quicker
            return word;
        } catch (FileAlreadyExistsException e) {
            return read(file);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
