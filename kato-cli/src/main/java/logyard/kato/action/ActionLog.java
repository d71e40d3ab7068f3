package logyard.kato.action;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The log of what was done with kato, {@code kato.log} in {@code logs.dir}: systail follows it, and cloud_events makes a
 * {@code kato_action} of each line. 1 MB, and three older ones. Several processes may append at once.
 */
public final class ActionLog {
    /** What a line has at most: see {@link Action}. A systail that cuts lines before that makes no event of them. */
    public static final int MAX_LINE_BYTES = 2200;

    /** In {@code logs.dir}. */
    public static final String NAME = "kato.log";

    private static final long MAX_BYTES = 1_000_000;
    private static final int KEPT = 3;
    private static final String MODE = "rw-rw----";

    private final Path folder;
    private final long maxBytes;

    /** The log in a folder, which is not made: whose it is, and who may read it, is for who installs Logyard. */
    public ActionLog(Path folder) {
        this(folder, MAX_BYTES);
    }

    ActionLog(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /**
     * Appends an action, in one write, so that lines of several processes stay whole.
     *
     * @throws IOException if it cannot be written
     */
    public void append(Action action) throws IOException {
        Path file = folder.resolve(NAME);
        boolean isNew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        byte[] line = action.line(
                        LocalDateTime.now(ZoneId.systemDefault()),
                        ProcessHandle.current().pid())
                .getBytes(StandardCharsets.UTF_8);
        // Not through a link that somebody laid there: this is often run by root.
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS))) {
            if (isNew) {
                allowGroup(file);
            }
            int written = channel.write(ByteBuffer.wrap(line));
            if (written < line.length) {
                throw new IOException("only " + written + " of " + line.length + " bytes were written");
            }
            if (channel.size() > maxBytes) {
                try {
                    rotate(channel, file);
                } catch (OverlappingFileLockException e) {
                    // another thread of this process is at it
                }
            }
        }
    }

    /**
     * All lines that are still there, the oldest first; those of a rotation that happens meanwhile may be missing.
     *
     * @throws IOException if a file that is there cannot be read
     */
    public List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = KEPT; i >= 0; i--) {
            Path file = folder.resolve(i == 0 ? NAME : NAME + "." + i);
            if (Files.exists(file)) {
                lines.addAll(newest(file).lines().toList());
            }
        }
        return lines;
    }

    /** Twice what a file holds by our doing: somebody else may have written there. */
    private String newest(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            long begin = Math.max(0, size - 2 * maxBytes);
            ByteBuffer bytes = ByteBuffer.allocate((int) (size - begin));
            while (bytes.hasRemaining() && channel.read(bytes, begin + bytes.position()) > 0) {
                // a read may give less than there is
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    /** What the umask has taken. */
    private static void allowGroup(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString(MODE));
        }
    }

    /** One process at a time; whoever comes second finds the new file, which is small. */
    private void rotate(FileChannel channel, Path file) throws IOException {
        try (FileLock unused = channel.lock()) {
            if (sizeOf(file) <= maxBytes) {
                return;
            }
            for (int i = KEPT; i > 0; i--) {
                Path from = i == 1 ? file : folder.resolve(NAME + "." + (i - 1));
                if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(from, folder.resolve(NAME + "." + i), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
