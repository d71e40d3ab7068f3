package logyard.proof.node;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Application instances with a log each, a real nats-server, and who tells apptail of them: each once when it starts, and
 * all that run when apptail asks. Any thread.
 */
public final class Dea implements AutoCloseable {
    private static final String UID = "11111111-2222-4333-8444-555555555555";
    private static final int CONNECT_MILLIS = 500;

    private final Path folder;
    private final int port;
    private final Process server;
    private final Socket connection;
    private final OutputStream out;
    private final Map<String, String> running = new ConcurrentHashMap<>();

    private Dea(Path folder, int port, Process server, Socket connection) throws IOException {
        this.folder = folder;
        this.port = port;
        this.server = server;
        this.connection = connection;
        this.out = connection.getOutputStream();
    }

    /**
     * Starts the server; no instance runs yet.
     *
     * @param folder where the instances have their files
     */
    public static Dea start(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("containers"));
        Files.writeString(folder.resolve("uid"), UID);
        int port = freePort();
        Process server = new ProcessBuilder("nats-server", "-a", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var dea = new Dea(folder.toRealPath(), port, server, connect(port));
        dea.say("CONNECT {\"verbose\":false}\r\nSUB logyard." + UID + ".start 1\r\n");
        new Thread(dea::listen, "dea").start();
        return dea;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Socket connect(int port) throws IOException {
        long end = System.nanoTime() + Patience.LONG.toNanos();
        while (true) {
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
                return socket;
            } catch (IOException e) {
                socket.close();
                if (System.nanoTime() - end > 0) {
                    throw new IOException("nats-server does not listen: " + e.getMessage(), e);
                }
                Patience.pause(Duration.ofMillis(20));
            }
        }
    }

    /** What a node needs to be told so that its apptail hears of the instances. */
    public Map<String, String> settings() {
        return Map.of(
                "apptail.nats",
                "nats://127.0.0.1:" + port,
                "apptail.uid_file",
                folder.resolve("uid").toString(),
                "apptail.allowed_roots",
                folder.resolve("containers").toString());
    }

    /** Makes the files of an instance, whose log is empty, without telling anybody. */
    public Path log(String name) throws IOException {
        Path logs = Files.createDirectories(root(name).resolve("home/stackato/logs"));
        return Files.createFile(logs.resolve("out.log"));
    }

    private Path root(String name) {
        return folder.resolve("containers").resolve(name);
    }

    /** Says that an instance runs. Its name has at most 12 letters and digits. */
    public void announce(String name) throws IOException {
        String id = "0".repeat(12 - name.length()) + name;
        String announcement = "{\"AppGUID\":\"guid-" + name + "\",\"AppName\":\"" + name
                + "\",\"AppSpace\":\"proof\",\"Type\":\"app\",\"Index\":0,\"docker_id\":\"" + id
                + "0123456789\",\"RootPath\":\"" + root(name) + "\",\"LogFiles\":{\"out\":\"logs/out.log\"}}";
        running.put(name, announcement);
        publish(announcement);
    }

    /** Ends an instance: its files are deleted. */
    public void end(String name) throws IOException {
        running.remove(name);
        try (Stream<Path> all = Files.walk(root(name))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void publish(String announcement) throws IOException {
        int length = announcement.getBytes(StandardCharsets.UTF_8).length;
        say("PUB logyard." + UID + ".newinstance " + length + "\r\n" + announcement + "\r\n");
    }

    private synchronized void say(String words) throws IOException {
        out.write(words.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void listen() {
        try {
            var in = new BufferedInputStream(connection.getInputStream());
            for (String line = line(in); line != null; line = line(in)) {
                if (line.startsWith("PING")) {
                    say("PONG\r\n");
                } else if (line.startsWith("MSG ")) {
                    in.skipNBytes(Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)) + 2);
                    for (String announcement : running.values()) {
                        publish(announcement);
                    }
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static @org.jspecify.annotations.Nullable String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) next);
        }
        return null;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        connection.close();
        server.destroyForcibly();
        int unused = server.waitFor();
    }
}
