package logyard.core.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a node {@link #ADDRESS} that keeps everything in a test's folder, and its bus on Unix sockets in one of
 * its own, since the path of a socket must be short.
 */
public final class NodeFolder implements AutoCloseable {
    public static final String ADDRESS = "10.0.0.5";

    private final Path sockets;
    private final Settings settings;

    /** @param folder for logs and state */
    public NodeFolder(Path folder) throws IOException {
        sockets = Files.createTempDirectory("ly");
        settings = Settings.load(
                Optional.empty(),
                Map.of(
                        Setting.NODE_IP.key(), ADDRESS,
                        Setting.BUS_PUBLISH.key(), socket("pub"),
                        Setting.BUS_SUBSCRIBE.key(), socket("sub"),
                        Setting.BUS_ACKNOWLEDGE.key(), socket("ack"),
                        Setting.LOGS_DIR.key(), folder.toString(),
                        Setting.STATE_DIR.key(), folder.resolve("state").toString(),
                        Setting.JOURNAL_MIN_FREE_BYTES.key(), "0"),
                Map.of());
    }

    private String socket(String name) {
        return "ipc://" + sockets.resolve(name + ".sock");
    }

    public Settings settings() {
        return settings;
    }

    /** Removes the sockets; whatever has bound them must be closed. */
    @Override
    public void close() throws IOException {
        for (String name : List.of("pub", "sub", "ack", "read")) {
            Files.deleteIfExists(sockets.resolve(name + ".sock"));
        }
        Files.deleteIfExists(sockets);
    }
}
