package logyard.drains.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Moves a full file out of the way: {@code all.log} becomes {@code all.log.1}, that becomes {@code all.log.2}, and the
 * oldest one goes. Oldest first, so that an end at any point leaves at most a number out.
 */
final class Rotation {
    private Rotation() {}

    static void move(Path path, int keep) throws IOException {
        for (int number = keep - 1; number >= 1; number--) {
            Path file = numbered(path, number);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                rename(file, numbered(path, number + 1));
            }
        }
        rename(path, numbered(path, 1));
    }

    private static Path numbered(Path path, int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, ATOMIC_MOVE);
        } catch (IOException e) {
            throw OpenFile.explain("rename " + from + " to", to, e);
        }
    }
}
