package logyard.micro;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import logyard.core.daemon.Setting;

/** The local settings of a {@code logyard-micro}, in a file, so that {@code kato} finds it. */
final class MicroSettings {
    private static final int MAX_SOCKET_FOLDER = 90;

    private MicroSettings() {}

    static void write(Path file, Path home, String zooKeeper) throws IOException {
        String run = "ipc://" + socketFolder(home);
        Files.write(
                file,
                List.of(
                        "# Written by logyard-micro at each start.",
                        line(Setting.NODE_IP, "127.0.0.1"),
                        line(Setting.ZK_CONNECT, zooKeeper),
                        line(Setting.ZK_ACL, "open"),
                        line(Setting.BUS_PUBLISH, run + "/pub.sock"),
                        line(Setting.BUS_SUBSCRIBE, run + "/sub.sock"),
                        line(Setting.BUS_ACKNOWLEDGE, run + "/ack.sock"),
                        line(Setting.LOGS_DIR, home.resolve("logs").toString()),
                        line(Setting.STATE_DIR, home.resolve("state").toString()),
                        line(Setting.FILE_ALLOWED_DIRS, home.resolve("logs").toString())),
                StandardCharsets.UTF_8);
    }

    /** A Unix socket's path has 107 bytes at most: below a deep folder they go to a place of their own. */
    private static Path socketFolder(Path home) throws IOException {
        Path folder = home.resolve("run");
        if (folder.toString().length() > MAX_SOCKET_FOLDER) {
            folder = Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "logyard-" + System.getProperty("user.name") + "-" + Integer.toHexString(home.hashCode()));
        }
        Files.createDirectories(folder);
        return folder;
    }

    private static String line(Setting setting, String value) {
        return setting.key() + "=" + value;
    }
}
