package logyard.config;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much room there is on the disk of a folder, as statvfs(3) tells. {@code Files.getFileStore} wants to know the mount
 * point, too, and fails where {@code /proc/mounts} is hidden (systemd's {@code ProcSubset=pid}), or where a file on an
 * overlay has a device of its own. Any thread.
 */
public final class DiskSpace {
    private DiskSpace() {}

    /** How many bytes may still be written; empty if the file system does not say, or the folder is not there. */
    public static OptionalLong usableIfKnown(Path folder) {
        File file = folder.toFile();
        return file.getTotalSpace() > 0 ? OptionalLong.of(file.getUsableSpace()) : OptionalLong.empty();
    }

    /**
     * How many bytes may still be written.
     *
     * @throws IOException if the file system does not say, or the folder is not there
     */
    public static long usable(Path folder) throws IOException {
        return usableIfKnown(folder)
                .orElseThrow(
                        () -> new IOException("the file system of " + folder + " does not say how much room it has"));
    }
}
