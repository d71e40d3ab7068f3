package logyard.drains.file;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import logyard.config.DiskSpace;
import logyard.config.fault.DurableStep;
import logyard.core.drain.InvalidDrainException;

/**
 * A file held open for appending, which others may move, delete or truncate meanwhile. One thread; everything may wait
 * for the disk.
 */
final class OpenFile implements AutoCloseable {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** How often a file may be renamed while it is being opened. */
    private static final int ATTEMPTS = 5;

    /** With less than this left a disk is as good as full. */
    private static final long LEAST_ROOM_BYTES = 64 << 10;

    /** What has become of the file since it was opened. */
    enum Place {
        /** It is the one of its name. */
        HERE,
        /** It is the one of its name, and shorter than it was. */
        TRUNCATED,
        /** It has another name now, and nothing has its own. */
        MOVED,
        /** It has another name now, and another file has its own. */
        REPLACED,
        /** It has no name any more: what is in it is gone when it is closed. */
        DELETED
    }

    private final FileChannel channel;
    private final Path path;
    private final Object key;
    private long end;
    private long syncedEnd;
    private boolean syncFailed;

    /** @param key what the file system knows the file by, whatever its name */
    OpenFile(FileChannel channel, Path path, Object key) throws IOException {
        this.channel = channel;
        this.path = path;
        this.key = key;
        this.end = channel.size();
        this.syncedEnd = end;
    }

    /**
     * Opens the file at its real place, or makes it; an incomplete last line gets its line feed.
     *
     * @param empty whether what is in it is thrown away
     * @throws logyard.core.drain.InvalidDrainException if it is not allowed there, or no regular file
     */
    static OpenFile open(FileSettings settings, AllowedFolders allowed, boolean empty) throws IOException {
        Path path = allowed.realFolder(settings.path())
                .resolve(requireNonNullElse(settings.path().getFileName(), settings.path()));
        for (int attempt = 1; ; attempt++) {
            try {
                return open(path, settings, allowed, empty);
            } catch (NoSuchFileException e) { // whoever rotates it renamed it just now
                if (attempt == ATTEMPTS) {
                    throw explain("open", path, e);
                }
            } catch (FileSystemException e) {
                throw explain("open", path, e);
            }
        }
    }

    private static OpenFile open(Path path, FileSettings settings, AllowedFolders allowed, boolean empty)
            throws IOException {
        FileChannel channel = allowed.existing(path).isPresent()
                ? FileChannel.open(path, APPEND, LinkOption.NOFOLLOW_LINKS)
                : create(path, settings);
        try {
            allowed.requireNoSource(path); // once more: somebody may have made a link of it only now
            if (empty) {
                channel.truncate(0);
            }
            requireRoom(path);
            BasicFileAttributes named =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            var file = new OpenFile(channel, path, requireNonNullElse(named.fileKey(), path));
            file.completeLastLine();
            return file;
        } catch (IOException | InvalidDrainException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel create(Path path, FileSettings settings) throws IOException {
        try {
            FileChannel channel = FileChannel.open(
                    path, Set.of(CREATE_NEW, WRITE, APPEND), PosixFilePermissions.asFileAttribute(settings.mode()));
            Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setPermissions(settings.mode()); // whatever the umask, and not through a link put there meanwhile
            syncFolder(AllowedFolders.folderOf(path));
            return channel;
        } catch (FileAlreadyExistsException e) { // whoever rotates it was faster
            return FileChannel.open(path, APPEND, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** So that the names in it survive a power failure. */
    static void syncFolder(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, READ)) {
            names.force(true);
        }
    }

    private static void requireRoom(Path path) throws IOException {
        OptionalLong room = DiskSpace.usableIfKnown(AllowedFolders.folderOf(path));
        if (room.isPresent() && room.getAsLong() < LEAST_ROOM_BYTES) {
            throw new IOException("open " + path + ": no space left on device (" + room.getAsLong()
                    + " bytes); make room, nothing is lost meanwhile");
        }
    }

    static IOException explain(String action, Path path, IOException error) {
        if (error instanceof NoSuchFileException) {
            return new IOException(action + " " + path + ": it went away meanwhile", error);
        }
        String reason = error instanceof FileSystemException e
                ? requireNonNullElse(e.getReason(), "not permitted to " + System.getProperty("user.name"))
                : String.valueOf(error.getMessage());
        return new IOException(action + " " + path + ": " + reason, error);
    }

    /** What a process that was killed in the middle of a write leaves: nothing may be glued to it. */
    private void completeLastLine() throws IOException {
        if (end == 0) {
            return;
        }
        var last = ByteBuffer.allocate(1);
        try (FileChannel reading = FileChannel.open(path, READ)) {
            int unused = reading.read(last, end - 1);
        }
        if (last.get(0) != '\n') {
            append(new byte[] {'\n'}, 0, 1);
            sync();
        }
    }

    Path path() {
        return path;
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Writes all of it, or fails and takes back what was written of it. */
    void append(byte[] bytes, int start, int length) throws IOException {
        long before = channel.size();
        ByteBuffer rest = ByteBuffer.wrap(bytes, start, length);
        try {
            while (rest.hasRemaining()) {
                int unused = channel.write(rest);
            }
            end = before + length;
        } catch (IOException e) {
            cut(before, before + length - rest.remaining());
            throw explain("write", path, e);
        }
    }

    /**
     * What was appended so far survives a power failure. Once it has failed it always fails: the kernel tells of what it
     * could not write once only, and has dropped it.
     */
    void sync() throws IOException {
        if (syncFailed) {
            throw new IOException("sync " + path + ": it failed before");
        }
        try {
            channel.force(false);
            DurableStep.TARGET_SYNCED.done();
            syncedEnd = end;
        } catch (IOException e) {
            syncFailed = true;
            throw explain("sync", path, e);
        }
    }

    /** Takes back what was appended since the last sync, unless somebody else has written, too. */
    void cutUnsynced() throws IOException {
        cut(syncedEnd, end);
        end = syncedEnd;
    }

    private void cut(long to, long expectedEnd) throws IOException {
        if (to < expectedEnd && channel.size() == expectedEnd) {
            channel.truncate(to);
        }
    }

    /** What has become of it. */
    Place place() throws IOException {
        long size = channel.size();
        if (size < end) {
            return Place.TRUNCATED;
        }
        BasicFileAttributes named;
        try {
            named = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return isLinked() ? Place.MOVED : Place.DELETED;
        }
        // If it was moved while it was being opened, the key is that of its successor, which is shorter then.
        if (key.equals(named.fileKey()) && named.size() >= size) {
            return Place.HERE;
        }
        return isLinked() ? Place.REPLACED : Place.DELETED;
    }

    /** Whether it has a name anywhere. Java cannot ask the descriptor, but Linux lists them; if in doubt, it has not. */
    private boolean isLinked() {
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors.anyMatch(this::isLinkedAs);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isLinkedAs(Path descriptor) {
        try {
            return key.equals(Files.readAttributes(descriptor, BasicFileAttributes.class)
                            .fileKey())
                    && (int) Files.getAttribute(descriptor, "unix:nlink") > 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // closed meanwhile
        }
    }

    /** It is known to have been truncated: what it holds now is what it held. */
    void acceptTruncation() throws IOException {
        end = channel.size();
        syncedEnd = end;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
