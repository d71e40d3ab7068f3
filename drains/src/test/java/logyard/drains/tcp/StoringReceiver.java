package logyard.drains.tcp;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/**
 * A receiver in a process of its own, so that it can be killed: appends what it reads to a file at once, and keeps nothing
 * in memory. On SIGTERM it ends as a good receiver does: it accepts no more, ends its own direction of each connection, and
 * reads the other to its end. A line that was cut off by a kill is made to end by a line feed at the next start.
 */
public final class StoringReceiver implements AutoCloseable {
    /** As large as a TLS record, which is read as a whole; what it has read and not yet stored is lost by a kill, too. */
    static final int CHUNK_BYTES = 16 << 10;

    private final Path folder;
    private final String scheme;
    private final int port;
    private final int receiveBufferBytes;
    private Process process;

    /**
     * Starts one; for TLS with {@code target.pem} and {@code target.key} of the folder.
     *
     * @param receiveBufferBytes of each connection; Linux takes twice as much
     */
    public StoringReceiver(Path folder, String scheme, int receiveBufferBytes) throws IOException {
        this.folder = folder;
        this.scheme = scheme;
        this.receiveBufferBytes = receiveBufferBytes;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        start();
    }

    public int port() {
        return port;
    }

    public Path stored() {
        return folder.resolve("stored.log");
    }

    /** Starts it; returns when it accepts connections. */
    final void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoringReceiver.class.getName(),
                        folder.toString(),
                        scheme,
                        Integer.toString(port),
                        Integer.toString(receiveBufferBytes))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("receiver.err").toFile()))
                .start();
        if (process.getInputStream().read() != '!') {
            throw new IOException("no receiver: " + Files.readString(folder.resolve("receiver.err")));
        }
    }

    /** SIGTERM. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** SIGSTOP: its kernel goes on accepting, as long as there is room. */
    void pause() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /** The receiver itself. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        FileChannel stored =
                FileChannel.open(folder.resolve("stored.log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        stored.write(ByteBuffer.wrap(new byte[] {'\n'}));
        ServerSocket server = sockets(args[1], folder).createServerSocket();
        server.setReuseAddress(true);
        server.setReceiveBufferSize(Integer.parseInt(args[3]));
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[2])));
        Map<Socket, Thread> connections = new ConcurrentHashMap<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, connections)));
        System.out.write('!');
        System.out.flush();
        while (!server.isClosed()) {
            Socket socket;
            try {
                socket = server.accept();
            } catch (IOException e) {
                return; // closed by the hook
            }
            var reader = new Thread(() -> {
                store(socket, stored);
                connections.remove(socket);
            });
            connections.put(socket, reader);
            reader.start();
        }
    }

    private static ServerSocketFactory sockets(String scheme, Path folder) throws IOException {
        if (scheme.equals("tcp")) {
            return ServerSocketFactory.getDefault();
        }
        var context = (JdkSslContext) SslContextBuilder.forServer(
                        folder.resolve("target.pem").toFile(),
                        folder.resolve("target.key").toFile())
                .sslProvider(SslProvider.JDK)
                .build();
        return context.context().getServerSocketFactory();
    }

    private static void store(Socket socket, FileChannel stored) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (socket) {
            for (int length = socket.getInputStream().read(chunk);
                    length >= 0;
                    length = socket.getInputStream().read(chunk)) {
                stored.write(ByteBuffer.wrap(chunk, 0, length));
            }
        } catch (IOException e) {
            // The other side broke it off; what was read is stored.
        }
    }

    private static void end(ServerSocket server, Map<Socket, Thread> connections) {
        try {
            server.close();
            for (Map.Entry<Socket, Thread> each : Map.copyOf(connections).entrySet()) {
                each.getKey().shutdownOutput();
                each.getValue().join(2000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
