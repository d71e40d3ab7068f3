package logyard.core.daemon.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import logyard.config.ConfigException;
import logyard.core.daemon.ListenAddress;
import logyard.core.daemon.NamedThreads;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /metrics}, {@code /health} and {@code /ready} over HTTP. Whoever reaches the address may ask; nothing can be
 * changed here, and no secret is shown.
 *
 * <p>A few threads, which end when nobody asks; who is slow has 5 s for a request and 30 s to take the answer.
 */
public final class Endpoint implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Endpoint.class);

    private static final int THREADS = 4;
    private static final int BACKLOG = 16;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final ExecutorService threads = NamedThreads.pool("metrics", THREADS);
    private final Vitals vitals;
    private final Scrapes scrapes;

    private record Answer(int status, String contentType, String body) {
        static Answer text(int status, String text) {
            return new Answer(status, "text/plain; charset=utf-8", text + "\n");
        }

        static Answer json(int status, ObjectNode json) {
            return new Answer(status, "application/json", json + "\n");
        }
    }

    private Endpoint(HttpServer server, Vitals vitals, Scrapes scrapes) {
        this.server = server;
        this.vitals = vitals;
        this.scrapes = scrapes;
    }

    /**
     * Answers from now on, where {@code metrics.listen} says. If that cannot be, a process does its work without; it is
     * logged what is in the way.
     *
     * @param process as it is called in its log
     */
    public static Optional<Endpoint> open(Settings settings, String process, Vitals vitals) {
        try {
            Optional<InetSocketAddress> address = ListenAddress.of(settings, process);
            return address.isPresent() ? open(address.get(), vitals, new Scrapes(vitals)) : Optional.empty();
        } catch (ConfigException e) {
            log.warn("Going on without metrics and health: {}", e.getMessage());
            return Optional.empty();
        }
    }

    static Optional<Endpoint> open(InetSocketAddress address, Vitals vitals, Scrapes scrapes) {
        // Read once, by the first server of the process; in seconds.
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        System.setProperty("sun.net.httpserver.maxRspTime", "30");
        System.setProperty("jdk.httpserver.maxConnections", "32");
        try {
            var endpoint = new Endpoint(HttpServer.create(address, BACKLOG), vitals, scrapes);
            endpoint.server.createContext("/", endpoint::handle);
            endpoint.server.setExecutor(endpoint.threads);
            endpoint.server.start();
            log.info("Metrics and health at http://{}/", shown(endpoint.server.getAddress()));
            return Optional.of(endpoint);
        } catch (IOException e) {
            log.warn(
                    "Going on without metrics and health: cannot listen at {}: {}; {} says where else to, or nowhere",
                    shown(address),
                    e.getMessage(),
                    Setting.METRICS_LISTEN.key());
            return Optional.empty();
        }
    }

    private static String shown(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (InterruptedException e) {
                answer = Answer.text(UNAVAILABLE, "The process ends");
            } catch (RuntimeException e) { // a source that fails by a bug must not take the answer with it
                log.error("The metrics cannot be told, by a bug", e);
                answer = Answer.text(FAILED, "This is a bug; the log says more");
            }
            send(answer, exchange);
        }
    }

    private Answer answer(HttpExchange exchange) throws InterruptedException {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.text(METHOD_NOT_ALLOWED, "The method must be GET or HEAD");
        }
        return switch (exchange.getRequestURI().getPath()) {
            case "/metrics" -> metrics(exchange);
            case "/health" -> health();
            case "/ready" -> ready();
            case "/" -> Answer.text(OK, "/metrics\n/health\n/ready");
            default -> Answer.text(NOT_FOUND, "There are /metrics, /health and /ready");
        };
    }

    private Answer metrics(HttpExchange exchange) throws InterruptedException {
        String accept = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
                .orElse("");
        return scrapes.take(accept)
                .map(text -> new Answer(OK, text.contentType(), text.body()))
                .orElseGet(() -> Answer.text(UNAVAILABLE, "Others ask just now, try again"));
    }

    private Answer health() {
        Map<String, String> problems = vitals.problems();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("healthy", problems.isEmpty());
        ObjectNode checks = json.putObject("checks");
        vitals.checkNames().forEach(name -> {
            ObjectNode check = checks.putObject(name).put("ok", !problems.containsKey(name));
            if (problems.containsKey(name)) {
                check.put("reason", problems.get(name));
            }
        });
        return Answer.json(problems.isEmpty() ? OK : UNAVAILABLE, json);
    }

    private Answer ready() {
        boolean isReady = vitals.isReady();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("ready", isReady);
        ObjectNode processes = json.putObject("processes");
        vitals.readiness().forEach(processes::put);
        return Answer.json(isReady ? OK : UNAVAILABLE, json);
    }

    private static void send(Answer answer, HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    /** Answers nobody any more. */
    @Override
    public void close() {
        server.stop(0);
        NamedThreads.stop(threads);
    }
}
