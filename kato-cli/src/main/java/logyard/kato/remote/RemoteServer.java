package logyard.kato.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import logyard.core.daemon.NamedThreads;
import logyard.kato.command.CommandFailedException;
import logyard.kato.command.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes calls over HTTP, of programs on this node only: by POST, at any path, with a body of 64 KiB at most. What a browser
 * sends is refused, be it at the wish of a page that has made its own name point here (DNS rebinding).
 */
final class RemoteServer implements AutoCloseable {
    static final int MAX_BODY_BYTES = 64 << 10;

    private static final Logger log = LoggerFactory.getLogger(RemoteServer.class);

    private static final int THREADS = 8;
    private static final int BACKLOG = 32;

    /** A name that is this host's whatever a name server says. */
    private static final Pattern OWN_NAME =
            Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    /** Which browsers send and programs do not. */
    private static final List<String> OF_BROWSERS = List.of("Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode");

    private final HttpServer server;
    private final ExecutorService threads;
    private final RemoteCalls calls;
    private final Optional<BearerToken> token;

    private RemoteServer(HttpServer server, RemoteCalls calls, Optional<BearerToken> token) {
        this.server = server;
        this.calls = calls;
        this.token = token;
        this.threads = NamedThreads.pool("remote", THREADS);
    }

    /**
     * Listens from now on.
     *
     * @param address of the loopback
     * @param token without which nobody is let in; all on this node are if empty
     * @throws CommandFailedException if the address is in use
     */
    static RemoteServer open(InetSocketAddress address, RemoteCalls calls, Optional<BearerToken> token) {
        // Read once, by the first server of the process: in seconds, so that whoever is slow keeps no thread for long.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "60");
        System.setProperty("jdk.httpserver.maxConnections", "100");
        try {
            var remote = new RemoteServer(HttpServer.create(address, BACKLOG), calls, token);
            remote.server.createContext("/", remote::handle);
            remote.server.setExecutor(remote.threads);
            remote.server.start();
            return remote;
        } catch (IOException e) {
            throw new CommandFailedException(
                    "cannot listen at " + address.getAddress().getHostAddress() + ":" + address.getPort() + ": "
                            + e.getMessage() + "; --listen says where else to");
        }
    }

    /** Where it listens, such as {@code 127.0.0.1:8891}. */
    String address() {
        InetSocketAddress address = server.getAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (
                    RuntimeException
                            e) { // a call that fails by a bug must end neither the server nor without an answer
                log.error("A call failed by a bug", e);
                answer = Answer.error(Answer.FAILED, "this is a bug in kato remote: " + Failures.message(e));
            }
            send(answer, exchange);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Optional<Answer> refusal = refusal(exchange);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(MAX_BODY_BYTES + 1);
        }
        return body.length > MAX_BODY_BYTES
                ? Answer.error(Answer.TOO_LARGE, "the body must have " + MAX_BODY_BYTES + " bytes at most")
                : calls.answer(body);
    }

    private Optional<Answer> refusal(HttpExchange exchange) {
        String host = header("Host", exchange);
        if (!OWN_NAME.matcher(host).matches()) {
            return refused(Answer.FORBIDDEN, "the host must be that of the loopback, got \"" + host + "\"");
        }
        for (String name : OF_BROWSERS) {
            if (exchange.getRequestHeaders().containsKey(name)) {
                return refused(Answer.FORBIDDEN, "this is not for browsers: the request has the header " + name);
            }
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            return refused(Answer.METHOD_NOT_ALLOWED, "the method must be POST, got " + exchange.getRequestMethod());
        }
        if (token.isPresent() && !token.get().isIn(header("Authorization", exchange))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            return refused(
                    Answer.UNAUTHORIZED, "the header Authorization must be Bearer and the token of --token-file");
        }
        return Optional.empty();
    }

    private static Optional<Answer> refused(int status, String reason) {
        return Optional.of(Answer.error(status, reason));
    }

    private static String header(String name, HttpExchange exchange) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void send(Answer answer, HttpExchange exchange) throws IOException {
        byte[] body = (answer.json() + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Answers what was asked already, for at most 2 s, and listens no more. */
    @Override
    public void close() {
        NamedThreads.stop(threads);
        server.stop(0);
    }
}
