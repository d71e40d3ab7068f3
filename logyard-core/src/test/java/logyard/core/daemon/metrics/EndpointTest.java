package logyard.core.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import logyard.core.daemon.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EndpointTest {
    private static final Metric THINGS = Metric.gauge("things", "Things.");

    private final Vitals vitals = new Vitals();
    private final AtomicReference<Duration> silence = new AtomicReference<>(Duration.ofSeconds(1));
    private final AtomicBoolean isReady = new AtomicBoolean();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(Endpoint.class);
    private Endpoint endpoint;
    private URI uri;

    @BeforeEach
    void open() {
        logged.start();
        log.addAppender(logged);
        Vitals.Part unused = vitals.add()
                .isDaemon("systail", isReady::get)
                .hasThread("systail.tail", silence::get)
                .measures(samples -> samples.add(THINGS, 5));
        endpoint = Endpoint.open(settings("127.0.0.1:0"), "systail", vitals).orElseThrow();
        uri = URI.create("http://127.0.0.1:" + endpoint.address().getPort() + "/");
    }

    @AfterEach
    void close() {
        endpoint.close();
        log.detachAppender(logged);
    }

    private static Settings settings(String listen) {
        return Settings.load(Optional.empty(), Map.of("metrics.listen", listen), Map.of());
    }

    private HttpResponse<String> get(String path) {
        return Scraped.get(uri.resolve(path));
    }

    @Test
    void showsWhatThePartsMeasure() {
        Scraped scraped = Scraped.from(uri);

        assertThat(scraped.value("things")).isEqualTo(5);
        assertThat(scraped.value("logyard_build_info", "version", "development"))
                .isEqualTo(1);
        assertThat(scraped.value("logyard_healthy", "check", "systail.tail")).isEqualTo(1);
        assertThat(scraped.value("logyard_ready", "process", "systail")).isZero();
    }

    @Test
    void isHealthyWhileNothingHangs() {
        assertThat(get("health").statusCode()).isEqualTo(200);
        assertThat(get("health").body()).isEqualTo("{\"healthy\":true,\"checks\":{\"systail.tail\":{\"ok\":true}}}\n");

        silence.set(Duration.ofSeconds(42));

        assertThat(get("health").statusCode()).isEqualTo(503);
        assertThat(get("health").body())
                .isEqualTo("{\"healthy\":false,\"checks\":{\"systail.tail\":{\"ok\":false,"
                        + "\"reason\":\"has not looked for work for 42 s\"}}}\n");
    }

    @Test
    void isReadyFromTheEndOfTheStartToTheBeginningOfTheStop() {
        isReady.set(true);
        assertThat(get("ready").statusCode()).as("not everything was started").isEqualTo(503);

        vitals.started();
        assertThat(get("ready").statusCode()).isEqualTo(200);
        assertThat(get("ready").body()).isEqualTo("{\"ready\":true,\"processes\":{\"systail\":true}}\n");

        isReady.set(false);
        assertThat(get("ready").statusCode()).as("one is not ready").isEqualTo(503);

        isReady.set(true);
        vitals.stopping();
        assertThat(get("ready").statusCode()).isEqualTo(503);
    }

    @Test
    void aPartThatIsGoneSaysNothingAnyMore() {
        Metric more = Metric.gauge("more", "More.");
        Vitals.Part part =
                vitals.add().measures(samples -> samples.add(more, 1)).hasThread("gone", () -> Duration.ofDays(1));
        assertThat(get("health").statusCode()).isEqualTo(503);

        part.close();

        assertThat(get("health").statusCode()).isEqualTo(200);
        assertThat(Scraped.from(uri).names()).contains("things").doesNotContain("more");
    }

    @Test
    void aSourceThatFailsByABugCostsTheMetricsButNotTheHealth() {
        Vitals.Part unused = vitals.add().measures(samples -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(get("metrics").statusCode()).isEqualTo(500);
        assertThat(get("health").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhatItHasNot() throws Exception {
        var post = HttpRequest.newBuilder(uri.resolve("metrics"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();

        assertThat(get("metric").statusCode()).isEqualTo(404);
        assertThat(HttpClient.newHttpClient()
                        .send(post, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void whoIsSlowKeepsNobodyFromBeingAnswered() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                var socket = new Socket(
                        InetAddress.getLoopbackAddress(), endpoint.address().getPort());
                slow.add(socket);
                socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(get("health").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsSaidAndStopsNothing() throws IOException {
        try (var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = taken.getLocalPort();

            assertThat(Endpoint.open(settings("127.0.0.1:" + port), "logyard", vitals))
                    .isEmpty();

            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .contains("cannot listen at 127.0.0.1:" + port)
                    .contains("metrics.listen says where else to");
        }
    }

    @Test
    void aBadAddressIsSaidAndStopsNothing() {
        assertThat(Endpoint.open(settings("everywhere"), "logyard", vitals)).isEmpty();

        assertThat(warnings()).singleElement().asString().contains("got \"everywhere\"");
    }

    private List<String> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel().toString().equals("WARN"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
