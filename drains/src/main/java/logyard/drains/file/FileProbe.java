package logyard.drains.file;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import logyard.core.drain.DrainBatch;
import logyard.core.drain.Steps;

/**
 * Tries whether a file can be written on this machine. A file that is there gets the line, whatever {@code overwrite}
 * says; one that is not is not made, as it would belong to who tries: a file beside it is, and removed again.
 */
final class FileProbe {
    private FileProbe() {}

    static void run(FileSettings settings, AllowedFolders allowed, Steps steps, DrainBatch line) throws IOException {
        steps.begins("folder", "create it, or name one below file.allowed_dirs");
        Path folder = allowed.realFolder(settings.path());
        steps.done(folder.toString());
        steps.begins(
                "open", "may " + System.getProperty("user.name") + " write there? cores run as a user of their own");
        Path file = folder.resolve(settings.path().getFileName());
        boolean exists = allowed.existing(file).isPresent();
        Path written = exists ? file : file.resolveSibling("." + file.getFileName() + ".test");
        FileChannel channel = open(written, exists);
        try (channel) {
            steps.done(exists ? file.toString() : file + " is not there yet; " + written + " instead");
            steps.begins("write", "is there room on the disk?");
            var rest = ByteBuffer.wrap(line.bytes(), 0, line.length());
            while (rest.hasRemaining()) {
                int unused = channel.write(rest);
            }
            steps.done(line.length() + " bytes");
            steps.begins("sync", "look at the log of the system: the disk may be broken");
            channel.force(false);
            steps.done(exists ? "" : written + " is removed again");
        } finally {
            if (!exists) {
                Files.deleteIfExists(written);
            }
        }
    }

    private static FileChannel open(Path file, boolean exists) throws IOException {
        Set<OpenOption> options = exists
                ? Set.of(APPEND, LinkOption.NOFOLLOW_LINKS)
                : Set.of(CREATE_NEW, WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            return FileChannel.open(file, options);
        } catch (IOException e) {
            throw OpenFile.explain("open", file, e);
        }
    }
}
