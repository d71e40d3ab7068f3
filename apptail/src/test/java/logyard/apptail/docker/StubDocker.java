package logyard.apptail.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Docker's daemon as far as apptail sees it, on a Unix socket: {@code /events}, {@code /containers/json}, {@code
 * /containers/<id>/json} and {@code /containers/<id>/logs}, in chunks, with the frames of containers without a terminal. It
 * can be cut off, be away, and say something else.
 */
public final class StubDocker implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Path socket;
    private final Map<String, Container> containers = new LinkedHashMap<>(); // guarded by this
    private final List<String> events = new ArrayList<>(); // guarded by this
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Function<String, Optional<byte[]>> instead = path -> Optional.empty();
    private ServerSocketChannel server;
    private long nanos;

    private record Line(int stream, Instant time, String text) {}

    private static final class Container {
        private final boolean terminal;
        private final List<Line> log = new ArrayList<>();
        private boolean running = true;

        Container(boolean terminal) {
            this.terminal = terminal;
        }
    }

    /** One that does not listen yet. */
    public StubDocker() throws IOException {
        socket = Files.createTempDirectory("lyd").resolve("d.sock");
    }

    public String url() {
        return "unix://" + socket;
    }

    public StubDocker listen() throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        ServerSocketChannel listening = server;
        start(() -> {
            while (listening.isOpen()) {
                SocketChannel connection = listening.accept();
                connections.add(connection);
                start(() -> serve(connection));
            }
        });
        return this;
    }

    /** Nobody is there any more. */
    public void away() throws IOException {
        server.close();
        Files.delete(socket);
        cut();
    }

    /** Breaks off what is being said, in the middle of it. */
    public void cut() throws IOException {
        for (SocketChannel connection : connections) {
            connection.close();
        }
        connections.clear();
        wake();
    }

    /** Gives this answer, header and all, where it is present; and closes the connection after it. */
    public void sayInstead(Function<String, Optional<byte[]>> answer) {
        instead = answer;
    }

    /** What it was asked for. */
    public List<String> requests() {
        return requests;
    }

    public synchronized void run(String id, boolean terminal) {
        containers.put(id, new Container(terminal));
    }

    /** Writes a line a nanosecond after the one before it. */
    public void log(String id, int stream, String text) {
        nanos++;
        again(id, stream, text);
    }

    /** Writes a line with the time of the one before it. */
    public synchronized void again(String id, int stream, String text) {
        containers.get(id).log.add(new Line(stream, Instant.ofEpochSecond(1_700_000_000, nanos), text));
        wake();
    }

    /** The oldest lines of its log go. */
    public synchronized void rotate(String id, int lines) {
        containers.get(id).log.subList(0, lines).clear();
    }

    /** A container ends by itself, without a word. */
    public synchronized void stop(String id) {
        containers.get(id).running = false;
        wake();
    }

    public synchronized void remove(String id) {
        containers.remove(id);
        wake();
    }

    /** An event, as Docker has told it since 2016. */
    public synchronized void event(String id, String action) {
        events.add("{\"status\":\"" + action + "\",\"id\":\"" + id + "\",\"from\":\"image\",\"Type\":\"container\","
                + "\"Action\":\"" + action + "\",\"Actor\":{\"ID\":\"" + id + "\",\"Attributes\":{\"a\":\"}\\\"{\"}},"
                + "\"time\":" + Instant.now().getEpochSecond() + "}\n");
        wake();
    }

    /** An event, as Docker told it in 2013. */
    public synchronized void oldEvent(String id, String status) {
        events.add("{\"status\":\"" + status + "\",\"id\":\"" + id + "\",\"from\":\"image\",\"time\":"
                + Instant.now().getEpochSecond() + "}");
        wake();
    }

    private synchronized void wake() {
        notifyAll();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void start(Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        // the end of a connection
                    }
                },
                "stub-docker");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(SocketChannel connection) throws Exception {
        try (connection) {
            String path = request(connection);
            requests.add(path);
            Optional<byte[]> other = instead.apply(path);
            if (other.isPresent()) {
                send(connection, other.get());
            } else if (path.startsWith("/events?")) {
                events(connection, path);
            } else if (path.equals("/containers/json")) {
                document(connection, list());
            } else {
                ofContainer(connection, path);
            }
        }
    }

    private static String request(SocketChannel connection) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (!bytes.toString(UTF_8).endsWith("\r\n\r\n")) {
            one.clear();
            if (connection.read(one) < 0) {
                throw new IOException("no request");
            }
            bytes.write(one.get(0));
        }
        return bytes.toString(UTF_8).split(" ")[1];
    }

    private static void send(SocketChannel connection, byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            connection.write(out);
        }
    }

    private static void chunk(SocketChannel connection, byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
        out.writeBytes(bytes);
        out.writeBytes("\r\n".getBytes(UTF_8));
        send(connection, out.toByteArray());
    }

    private static void begin(SocketChannel connection, String type) throws IOException {
        send(
                connection,
                ("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .getBytes(UTF_8));
    }

    private static void document(SocketChannel connection, String json) throws IOException {
        send(connection, ("HTTP/1.1 200 OK\r\nContent-Length: " + json.length() + "\r\n\r\n" + json).getBytes(UTF_8));
    }

    private static void missing(SocketChannel connection) throws IOException {
        send(connection, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
    }

    private synchronized String list() {
        return containers.entrySet().stream()
                .filter(container -> container.getValue().running)
                .map(container -> "{\"Id\":\"" + container.getKey() + "\"}")
                .toList()
                .toString();
    }

    private void events(SocketChannel connection, String path) throws Exception {
        String filters = URLDecoder.decode(parameter(path, "filters"), UTF_8);
        begin(connection, "application/json");
        int from;
        synchronized (this) {
            from = events.size();
        }
        for (int told = from; connection.isOpen(); told++) {
            String event;
            synchronized (this) {
                while (told == events.size() && connection.isOpen()) {
                    wait(100);
                }
                event = told < events.size() ? events.get(told) : "";
            }
            if (filters.contains("\"die\"") && !event.isEmpty()) {
                chunk(connection, event.getBytes(UTF_8));
            }
        }
    }

    private static String parameter(String path, String name) {
        for (String parameter : path.substring(path.indexOf('?') + 1).split("&")) {
            if (parameter.startsWith(name + "=")) {
                return parameter.substring(name.length() + 1);
            }
        }
        return "";
    }

    private void ofContainer(SocketChannel connection, String path) throws Exception {
        String id = path.split("[/?]")[2];
        Optional<Container> found;
        synchronized (this) {
            found = containers.entrySet().stream()
                    .filter(container -> container.getKey().startsWith(id))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
        if (found.isEmpty()) {
            missing(connection);
        } else if (path.endsWith("/json")) {
            Container container = found.get();
            String finished = container.running ? "0001-01-01T00:00:00Z" : "2023-11-14T22:13:21.5Z";
            document(
                    connection,
                    "{\"Config\":{\"Tty\":" + container.terminal + "},\"State\":{\"Running\":" + container.running
                            + ",\"FinishedAt\":\"" + finished + "\"}}");
        } else {
            logs(connection, path, found.get());
        }
    }

    private void logs(SocketChannel connection, String path, Container container) throws Exception {
        String since = parameter(path, "since");
        Instant from = since.isEmpty()
                ? Instant.MIN
                : Instant.ofEpochSecond(Long.parseLong(since.split("\\.")[0]), Long.parseLong(since.split("\\.")[1]));
        boolean follow = parameter(path, "follow").equals("1");
        begin(connection, "application/vnd.docker.raw-stream");
        int told = 0;
        while (connection.isOpen()) {
            Line line = null;
            synchronized (this) {
                while (told == container.log.size() && follow && container.running && connection.isOpen()) {
                    wait(100);
                }
                if (told < container.log.size()) {
                    line = container.log.get(told);
                }
            }
            if (line == null) {
                send(connection, "0\r\n\r\n".getBytes(UTF_8));
                return;
            }
            told++;
            boolean wanted =
                    parameter(path, line.stream == 1 ? "stdout" : "stderr").equals("1");
            if (wanted && !line.time.isBefore(from)) {
                chunk(connection, container.terminal ? bytes(line) : frame(line.stream, bytes(line)));
            }
        }
    }

    private static byte[] bytes(Line line) {
        return (STAMP.format(line.time) + " " + line.text).getBytes(UTF_8);
    }

    static byte[] frame(int stream, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .put((byte) stream)
                .put(new byte[3])
                .putInt(content.length)
                .put(content)
                .array();
    }

    @Override
    public void close() throws IOException {
        if (server != null && server.isOpen()) {
            away();
        }
        Files.deleteIfExists(socket.getParent());
    }
}
