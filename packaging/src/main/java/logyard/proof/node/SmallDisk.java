package logyard.proof.node;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system of its own: ext4 on a loop device. It can be filled, and its power can fail: what was not synced is then
 * gone, and what was is found again, its own journal replayed, by whoever mounts it anew. Needs root.
 */
public final class SmallDisk implements AutoCloseable {
    /** {@code EXT4_IOC_SHUTDOWN} with {@code EXT4_GOING_FLAGS_NOLOGFLUSH}, as the power failure tests of Linux have it. */
    private static final String SHUT_DOWN = """
            import fcntl, os, struct, sys
            fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))
            """;

    private Path image;
    private int mounts;
    private final Path folder;
    private final Thread atExit = new Thread(this::unmountSomehow, "unmount");

    private SmallDisk(Path image, Path folder) {
        this.image = image;
        this.folder = folder;
    }

    /**
     * Makes one, and mounts it.
     *
     * @param place a folder for its image and its mount point
     * @throws IOException if this process may not; it says what is needed
     */
    public static SmallDisk mount(Path place, int mebibytes) throws IOException {
        Path image = place.resolve("disk.img");
        Path folder = Files.createDirectories(place.resolve("disk"));
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) mebibytes << 20);
        }
        run("mkfs.ext4", "-q", "-F", image.toString());
        var disk = new SmallDisk(image, folder);
        disk.mount();
        Runtime.getRuntime().addShutdownHook(disk.atExit);
        return disk;
    }

    /** Where it is mounted. */
    public Path folder() {
        return folder;
    }

    /** Cuts its power: nothing that was not synced reaches it any more, and all who use it get errors. */
    public void failPower() throws IOException {
        run("/usr/bin/python3", "-c", SHUT_DOWN, folder.toString());
    }

    /**
     * Mounts it anew, after all who had files on it are gone. In truth that is another disk with what has reached this one:
     * a container that was begun meanwhile may have it mounted still, and would share its state with the new mount.
     */
    public void remount() throws IOException {
        run("umount", folder.toString());
        Path before = image;
        mounts++;
        image = before.resolveSibling("disk" + mounts + ".img");
        run("cp", "--sparse=always", before.toString(), image.toString());
        Files.delete(before);
        mount();
    }

    private void mount() throws IOException {
        run("mount", "-o", "loop", image.toString(), folder.toString());
    }

    private static void run(String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException("A disk of its own needs root, a loop device, ext4 and python3; "
                        + String.join(" ", command[0], folderOf(command)) + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    private static String folderOf(String[] command) {
        return command[command.length - 1];
    }

    /** If this process is told to end. */
    private void unmountSomehow() {
        try {
            run("umount", "-l", folder.toString());
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        boolean unused = Runtime.getRuntime().removeShutdownHook(atExit);
        run("umount", folder.toString());
        Files.deleteIfExists(image);
        Files.deleteIfExists(folder);
    }
}
