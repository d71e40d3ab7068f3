package logyard.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.bus.Feed;
import logyard.core.daemon.NamedThreads;
import logyard.core.daemon.NodeFolder;
import logyard.core.daemon.metrics.Scraped;
import logyard.core.daemon.metrics.TestEndpoint;
import logyard.core.daemon.metrics.Vitals;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.FakeDrainType;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 1 in what a scrape shows, of a core at work. */
class ScrapeUnderLoadTest {
    private static final int SCRAPES = 200;

    /** Some ten thousand events a second, as the core acknowledges ten times a second. */
    private static final long UNACKNOWLEDGED_BYTES = 256 << 10;

    private static final List<String> DRAINS = List.of("all", "bad", "none");

    @TempDir
    Path folder;

    private final InMemoryConfigTree tree = new InMemoryConfigTree();
    private final ExecutorService thread = NamedThreads.single("fake-drain");
    private final FakeDrainType type = new FakeDrainType(thread).openingAtOnce();
    private final Vitals vitals = new Vitals();
    private NodeFolder node;
    private LogyardCore core;
    private TestEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        node = new NodeFolder(folder);
        drain("all", "fake://h:1?format={{.n}}");
        drain("bad", "fake://h:1?format={{.n.x}}");
        drain("none", "fake://h:1?filter=systail");
        core = LogyardCore.start(node.settings(), tree, new DrainTypes(List.of(type)), vitals);
        vitals.started();
        endpoint = new TestEndpoint(vitals);
    }

    @AfterEach
    void stop() throws IOException {
        endpoint.close();
        core.close();
        NamedThreads.stop(thread);
        node.close();
    }

    private void drain(String name, String drain) {
        tree.set(ConfigPath.DRAINS.child(name), TextNode.valueOf(drain));
    }

    private static double matched(Scraped scraped, String drain) {
        return scraped.value("logyard_drain_matched_events_total", "drain", drain);
    }

    private static double dropped(Scraped scraped, String drain) {
        return scraped.sum("logyard_drain_dropped_events_total", "drain", drain);
    }

    private static void assertBalanced(Scraped scraped) {
        for (String drain : DRAINS) {
            double pending = scraped.value("logyard_drain_pending_events", "drain", drain);
            assertThat(matched(scraped, drain))
                    .as("matched = delivered + pending + dropped of %s", drain)
                    .isEqualTo(scraped.value("logyard_drain_delivered_events_total", "drain", drain)
                            + pending
                            + dropped(scraped, drain));
            assertThat(pending).isNotNegative();
        }
    }

    @Test
    void accountsForEveryEventInEveryScrape() throws Exception {
        var stopping = new AtomicBoolean();
        var stream = new StreamId(1, 7);
        try (var feed = new Feed(node.settings().bus(), "test", UNACKNOWLEDGED_BYTES)) {
            var load = new Thread(
                    () -> {
                        while (!stopping.get()) {
                            if (feed.publisher().hasRoom()) {
                                feed.publish(stream, 10);
                            } else {
                                LockSupport.parkNanos(1_000_000);
                            }
                        }
                    },
                    "load");
            load.start();
            double before = 0;
            int moves = 0;
            try {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(endpoint.scrape().names())
                                .contains("logyard_stream_events_total", "logyard_drain_matched_events_total"));
                for (int i = 0; i < SCRAPES; i++) {
                    Scraped scraped = endpoint.scrape();
                    assertBalanced(scraped);
                    double now = matched(scraped, "all");
                    assertThat(now).as("a counter never goes back").isGreaterThanOrEqualTo(before);
                    moves += now > before ? 1 : 0;
                    before = now;
                }
            } finally {
                stopping.set(true);
                load.join();
            }
            assertThat(feed.awaitAcknowledged()).isTrue();
            assertThat(moves)
                    .as("scrapes that saw more events than the one before")
                    .isGreaterThan(SCRAPES / 20);

            double published = feed.published().size();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                Scraped scraped = endpoint.scrape();
                assertBalanced(scraped);
                assertThat(matched(scraped, "all")).isEqualTo(published);
                assertThat(scraped.value("logyard_drain_delivered_events_total", "drain", "all"))
                        .isEqualTo(published);
                assertThat(dropped(scraped, "bad")).isEqualTo(published);
                assertThat(matched(scraped, "none")).isZero();
                assertThat(scraped.value("logyard_stream_events_total", "stream", "event.n"))
                        .isEqualTo(published);
            });
        }
    }

    @Test
    void showsTheStateOfEachDrain() {
        drain("broken", "fake://h:1?broken=1");

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Scraped scraped = endpoint.scrape();
            assertThat(scraped.value("logyard_drain_state", "drain", "all", "logyard_drain_state", "RUNNING"))
                    .isEqualTo(1);
            assertThat(scraped.value("logyard_drain_state", "drain", "broken", "logyard_drain_state", "FATAL"))
                    .isEqualTo(1);
            assertThat(scraped.value("logyard_drain_state", "drain", "broken", "logyard_drain_state", "RUNNING"))
                    .isZero();
            assertThat(scraped.value("logyard_drains", "state", "RUNNING")).isEqualTo(3);
            assertThat(scraped.value("logyard_drains", "state", "FATAL")).isEqualTo(1);
            assertThat(scraped.value("logyard_drain_opens_total", "drain", "all"))
                    .isEqualTo(1);
        });
    }

    @Test
    void countsHowOftenADrainFailed() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(attemptsAt("all")).hasSize(1));

        attemptsAt("all").get(0).target.die("the target is gone");

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Scraped scraped = endpoint.scrape();
            assertThat(scraped.value("logyard_drain_failures_total", "drain", "all"))
                    .isEqualTo(1);
            assertThat(scraped.value("logyard_drain_failures_total", "drain", "none"))
                    .isZero();
        });
    }

    private List<FakeDrainType.Attempt> attemptsAt(String drain) {
        return type.attempts().stream()
                .filter(attempt -> attempt.spec.name().equals(drain))
                .toList();
    }
}
