package logyard.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a second process away from a folder, by a lock on the file {@code lock} in it. Ends with the process, however that ends. */
public final class FolderLock implements AutoCloseable {
    /** Whoever can open the file can keep us from the folder. */
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws IOException if another process has it, or something else in this one
     */
    public static FolderLock take(Path folder) throws IOException {
        return tryTake(folder).orElseThrow(() -> new IOException(folder + " is in use by another process"));
    }

    /** As {@link #take}; empty if another process has it, or something else in this one. */
    public static Optional<FolderLock> tryTake(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY);
        if (tryLock(channel) == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new FolderLock(channel));
    }

    /** Whether the lock was ever taken: an earlier process was there. */
    public static boolean wasTaken(Path folder) {
        return Files.exists(folder.resolve("lock"));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
