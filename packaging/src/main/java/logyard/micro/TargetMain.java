package logyard.micro;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A target to look at, for the quick start: prints each line that arrives at a TCP port of loopback, {@code target
 * <port>}. Port 0 is any that is free; the first line of output names it.
 */
public final class TargetMain {
    private TargetMain() {}

    /** Runs until it is ended. */
    public static void main(String[] args) throws IOException {
        int port = args.length == 1 && args[0].matches("\\d{1,5}") ? Integer.parseInt(args[0]) : -1;
        if (port < 0 || port > 65535) {
            System.err.println("usage: target <port>");
            System.exit(2);
        }
        var out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (var server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            out.println("listening at " + server.getLocalPort());
            while (true) {
                Socket connection = server.accept();
                new Thread(() -> print(connection, out), "target").start();
            }
        }
    }

    private static void print(Socket connection, PrintStream out) {
        try (var lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(out::println);
        } catch (IOException | java.io.UncheckedIOException e) {
            // The sender is gone; it will connect again.
        }
    }
}
