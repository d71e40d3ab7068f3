package logyard.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.bus.AckedPublisher;
import logyard.core.bus.Bus;
import logyard.core.daemon.NamedThreads;
import logyard.core.daemon.NodeFolder;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.FakeDrainType;
import logyard.core.event.BatchBuilder;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A core that does not know any more where its drains stood gives them everything again that it has. */
class LostCursorsTest {
    @TempDir
    Path folder;

    private final InMemoryConfigTree tree = new InMemoryConfigTree();
    private final ExecutorService thread = NamedThreads.single("fake-drain");
    private NodeFolder node;

    @BeforeEach
    void setUp() throws Exception {
        node = new NodeFolder(folder);
    }

    @AfterEach
    void tidy() throws Exception {
        NamedThreads.stop(thread);
        node.close();
    }

    private LogyardCore core(FakeDrainType type) throws Exception {
        return LogyardCore.start(node.settings(), tree, new DrainTypes(List.of(type)));
    }

    private void publish(String text) {
        var batch = new BatchBuilder("test", new StreamId(1, 2), 0);
        batch.event().append(("systail.dea.1 {\"text\":\"" + text + "\"}").getBytes(UTF_8));
        batch.endEvent(10);
        try (var bus = new Bus(node.settings().bus());
                var publisher = AckedPublisher.start(bus, "test", 1 << 20, new Ignoring())) {
            publisher.publish(batch.finish());
            assertThat(publisher.awaitAcknowledged(Duration.ofMinutes(1))).isTrue();
        }
    }

    private static final class Ignoring implements AckedPublisher.Listener {
        @Override
        public void acknowledged(StreamId stream, long position) {}

        @Override
        public void roomAgain() {}
    }

    private void awaitReceived(FakeDrainType type, String lines) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(type.lastAttempt().target.received()).isEqualTo(lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"emptied", "deleted", "deleted after they were damaged some time ago"})
    void drainsWhoseCursorsAreLostGetTheWholeJournalAgain(String how) throws Exception {
        tree.set(ConfigPath.DRAINS.child("all"), TextNode.valueOf("fake://h:1?format={{.text}}"));
        var before = new FakeDrainType(thread).openingAtOnce();
        try (LogyardCore core = core(before)) {
            assertThat(core).isNotNull();
            publish("one");
            awaitReceived(before, "one\n");
        }

        for (String generation : List.of("cursors.json", "cursors.json.previous")) {
            Path file = folder.resolve("state").resolve(generation);
            switch (how) {
                case "emptied" -> Files.write(file, new byte[0]);
                case "deleted" -> Files.deleteIfExists(file);
                default -> Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
            }
        }
        var after = new FakeDrainType(thread).openingAtOnce();
        try (LogyardCore core = core(after)) {
            assertThat(core).isNotNull();

            awaitReceived(after, "one\n");
        }
    }

    @Test
    void drainsThatAreNewBeginHereAndNow() throws Exception {
        try (LogyardCore core = core(new FakeDrainType(thread).openingAtOnce())) {
            assertThat(core).isNotNull();
            publish("one");
        }

        tree.set(ConfigPath.DRAINS.child("all"), TextNode.valueOf("fake://h:1?format={{.text}}"));
        var after = new FakeDrainType(thread).openingAtOnce();
        try (LogyardCore core = core(after)) {
            assertThat(core).isNotNull();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(tree.read(ConfigPath.STATUS
                                            .child(NodeFolder.ADDRESS)
                                            .child("all"))
                                    .orElseThrow()
                                    .path("name")
                                    .asText())
                            .isEqualTo("RUNNING"));

            assertThat(received(after)).isEmpty();
        }
    }

    private static String received(FakeDrainType type) {
        return type.lastAttempt().target.received();
    }
}
