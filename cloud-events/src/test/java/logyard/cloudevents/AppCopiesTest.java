package logyard.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.LogyardCore;
import logyard.core.appcopy.AppEventCopier;
import logyard.core.bus.AckedPublisher;
import logyard.core.bus.Bus;
import logyard.core.bus.FakeSystail;
import logyard.core.daemon.NamedThreads;
import logyard.core.daemon.NodeFolder;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.FakeDrainType;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines about applications, and the copies of their events that a drain for the applications' streams gets. */
class AppCopiesTest {
    private static final ConfigPath APP_COPIES = ConfigPath.CLOUD_EVENTS.child("app_copies");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final InMemoryConfigTree tree = InMemoryConfigTree.seeded();
    private final ExecutorService thread = NamedThreads.single("fake-drain");
    private final FakeDrainType type = new FakeDrainType(thread).openingAtOnce();
    private NodeFolder node;
    private LogyardCore core;
    private FakeSystail systail;
    private CloudEvents events;

    @BeforeEach
    void start() throws IOException {
        node = new NodeFolder(folder);
        tree.set(ConfigPath.DRAINS.child("apps"), TextNode.valueOf("fake://h:1?filter=apptail&format=raw"));
        core = LogyardCore.start(node.settings(), tree, new DrainTypes(List.of(type)));
        systail = new FakeSystail(node.settings().bus());
        events = CloudEvents.start(node.settings(), tree);
    }

    @AfterEach
    void stop() throws IOException {
        events.close();
        systail.close();
        core.close();
        NamedThreads.stop(thread);
        node.close();
    }

    private static String timeline(String message) {
        return "[x] cc - pid=1 INFO -- TIMELINE {\"event\":\"APP\",\"message\":\"" + message
                + "\",\"app\":{\"guid\":\"8c1e\",\"space_guid\":\"51d0\",\"name\":\"foo\"},\"instance_index\":-1}";
    }

    private List<String> received() {
        return type.lastAttempt().target.received().lines().toList();
    }

    /** Until both cloud_events and who copies have subscribed, lines are not seen. */
    private void awaitCopies(String mark) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            systail.line("cc", timeline(mark));
            assertThat(received()).anyMatch(line -> line.contains(mark));
        });
    }

    @Test
    void anEventAboutAnApplicationIsInItsStreamToo() {
        tree.set(ConfigPath.parse("/proc/cloud_controller/config/info/name"), TextNode.valueOf("helion"));
        awaitCopies("ready");

        systail.line("cloud_controller_ng", timeline("Created app"));
        systail.line(
                "dea",
                "EVENT -- START_INSTANCE {\"app_name\":\"env\",\"app_id\":6,\"group\":\"dev\",\"instance\":3,"
                        + "\"dea_id\":\"hash\"}");

        String time = "\"node_id\":\"10.0.0.5\",\"unix_time\":1366305302,\"human_time\":\"2013-04-18T17:15:02+00:00\","
                + "\"syslog\":{\"priority\":\"13\",\"time\":\"Apr 18 17:15:02\"}}";
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(received())
                        .endsWith(
                                "apptail.8c1e {\"filename\":\"\",\"source\":\"helion[cloud_controller_ng]\",\"instance_index\":-1,"
                                        + "\"app_guid\":\"8c1e\",\"app_name\":\"foo\",\"app_space\":\"51d0\","
                                        + "\"text\":\"Created app\"," + time,
                                "apptail.6 {\"filename\":\"\",\"source\":\"stackato.dea\",\"instance_index\":3,"
                                        + "\"app_guid\":\"6\",\"app_name\":\"env\",\"app_space\":\"\",\"app_id\":6,"
                                        + "\"app_group\":\"dev\",\"text\":\"Starting application 'env' on DEA hash\","
                                        + time));
    }

    @Test
    void oneOfTwoCopiesAndTheOtherGoesOnAfterIt() throws Exception {
        awaitCopies("first");
        try (var bus = new Bus(node.settings().bus());
                var publisher = AckedPublisher.start(bus, "other", 1 << 20, new Unheard());
                var other = AppEventCopier.start(
                        node.settings(),
                        new AppEventCopier.Client("other", bus, publisher),
                        () -> "other",
                        () -> true)) {
            systail.line("cc", timeline("by one only"));
            awaitCopies("both run");
            assertThat(received())
                    .filteredOn(line -> line.contains("by one only"))
                    .singleElement()
                    .asString()
                    .contains("stackato[cc]");

            tree.set(APP_COPIES, BooleanNode.FALSE);

            await().atMost(PATIENCE).untilAsserted(() -> {
                systail.line("cc", timeline("second"));
                assertThat(received()).last().asString().contains("other[cc]");
            });
            assertThat(other.copied()).isPositive();
        }
    }

    /** The lines themselves are not of interest. */
    private static final class Unheard implements AckedPublisher.Listener {
        @Override
        public void acknowledged(StreamId stream, long position) {}

        @Override
        public void roomAgain() {}
    }
}
