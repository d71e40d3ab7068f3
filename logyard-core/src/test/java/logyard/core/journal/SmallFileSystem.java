package logyard.core.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A real file system of a few megabytes, in memory. Only root can have one. */
record SmallFileSystem(Path folder) implements AutoCloseable {
    /** Mounts it; empty if this process may not. */
    static Optional<SmallFileSystem> mount(Path at, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(at);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", at.toString());
        return mounted ? Optional.of(new SmallFileSystem(at)) : Optional.empty();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    @Override
    public void close() throws IOException {
        try {
            if (!run("umount", folder.toString())) {
                throw new IOException("Cannot unmount " + folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
