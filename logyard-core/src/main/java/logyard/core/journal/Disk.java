package logyard.core.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import java.util.Set;
import logyard.config.DiskSpace;
import logyard.config.DurableFile;

/**
 * What the journal asks of the file system. Tests put another in its place: one that fills up, fails, or forgets what was
 * not synced.
 */
interface Disk {
    /** The disk of this machine. */
    Disk LOCAL = new Disk() {
        private final FileAttribute<?> ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

        @Override
        public FileChannel open(Path file, OpenOption... options) throws IOException {
            return FileChannel.open(file, Set.of(options), ownerOnly);
        }

        @Override
        public void syncFolder(Path folder) throws IOException {
            DurableFile.syncFolder(folder);
        }

        @Override
        public long usableBytes(Path folder) throws IOException {
            return DiskSpace.usable(folder);
        }
    };

    /** Opens a file; one that is made is readable by its owner only. */
    FileChannel open(Path file, OpenOption... options) throws IOException;

    /** Makes the names in a folder safe from a power failure. */
    void syncFolder(Path folder) throws IOException;

    /** How many bytes can still be written to the file system of a folder. */
    long usableBytes(Path folder) throws IOException;

    /** The same for who only wants to show it; empty if the file system does not say. */
    default OptionalLong usableIfKnown(Path folder) {
        try {
            return OptionalLong.of(usableBytes(folder));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
