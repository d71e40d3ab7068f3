package logyard.systail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.LogyardCore;
import logyard.core.daemon.NamedThreads;
import logyard.core.daemon.NodeFolder;
import logyard.core.daemon.Settings;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.FakeDrainType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** systail and a core in this process, real files in between. */
class SystailTest {
    private static final ConfigPath LOG_FILES = ConfigPath.SYSTAIL.child("log_files");

    @TempDir
    Path folder;

    private final InMemoryConfigTree tree = new InMemoryConfigTree();
    private final ExecutorService thread = NamedThreads.single("fake-drain");
    private final FakeDrainType type = new FakeDrainType(thread).openingAtOnce();
    private NodeFolder node;
    private Settings settings;
    private LogyardCore core;
    private Systail systail;

    @BeforeEach
    void start() throws IOException {
        node = new NodeFolder(folder);
        settings = node.settings();
        tree.set(ConfigPath.SYSTAIL.child("max_record_size"), IntNode.valueOf(4096));
        tree.set(ConfigPath.DRAINS.child("all"), TextNode.valueOf("fake://h:1?format={{.name}}:{{.text}}"));
        follow("dea", "");
        core = LogyardCore.start(settings, tree, new DrainTypes(List.of(type)));
        systail = Systail.start(settings, tree);
    }

    @AfterEach
    void stop() throws IOException {
        systail.close();
        core.close();
        NamedThreads.stop(thread);
        node.close();
    }

    private void follow(String name, String path) {
        tree.set(LOG_FILES.child(name), TextNode.valueOf(path));
    }

    private void append(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void awaitReceived(String... lines) {
        await().untilAsserted(() -> {
            assertThat(type.attempts()).isNotEmpty();
            List<String> received =
                    new ArrayList<>(List.of(type.lastAttempt().target.received().split("\n")));
            assertThat(received).containsExactly(lines);
        });
    }

    @Test
    void publishesWhatIsWrittenToTheFilesItIsTold() throws IOException {
        append("dea.log", "one\r\ntwo\n\nthree");
        append("dea.log", " is complete\n");

        awaitReceived("dea:one", "dea:two", "dea:", "dea:three is complete");
    }

    @Test
    void followsAFileFromTheMomentItIsConfigured() throws IOException {
        append("new.log", "before\n");

        follow("new", folder.resolve("new.log").toString());
        await().untilAsserted(() -> {
            append("new.log", "later\n");
            assertThat(type.lastAttempt().target.received()).contains("new:later");
        });

        assertThat(type.lastAttempt().target.received()).doesNotContain("before");
    }

    @Test
    void letsGoOfAFileThatIsNotConfiguredAnyMore() throws IOException {
        append("dea.log", "one\n");
        awaitReceived("dea:one");

        tree.delete(LOG_FILES.child("dea"));
        follow("other", "");
        await().untilAsserted(() -> {
            append("other.log", "three\n");
            assertThat(type.lastAttempt().target.received()).contains("other:three");
        });
        append("dea.log", "four\n");
        append("other.log", "five\n");
        await().untilAsserted(
                        () -> assertThat(type.lastAttempt().target.received()).contains("other:five"));
        assertThat(type.lastAttempt().target.received()).doesNotContain("dea:four");
    }

    @Test
    void cutsLinesAtTheSizeInForce() throws IOException {
        append("dea.log", "0123456789abcdef\n");
        awaitReceived("dea:0123456789abcdef");

        tree.set(ConfigPath.SYSTAIL.child("max_record_size"), IntNode.valueOf(10));

        await().untilAsserted(() -> {
            append("dea.log", "0123456789abcdef\n");
            assertThat(type.lastAttempt().target.received()).contains("dea:0123456789\ndea:abcdef\n");
        });
    }

    @Test
    void aNameThatWouldBreakTheKeyHarmsNoOther() throws IOException {
        follow("a.b", "");
        follow("relative", "x.log");

        append("a.b.log", "no\n");
        append("dea.log", "yes\n");

        awaitReceived("dea:yes");
    }

    @Test
    void aPathThatIsNoneHarmsNoOther() throws IOException {
        follow("nul", "/a\u0000b");
        systail.close();

        systail = Systail.start(settings, tree);

        append("dea.log", "yes\n");
        awaitReceived("dea:yes");
    }

    @Test
    void readsOnWhereItEndedWhatWasWrittenInBetween() throws IOException {
        append("dea.log", "one\n");
        awaitReceived("dea:one");
        systail.close();
        append("dea.log", "two\n");
        Files.move(folder.resolve("dea.log"), folder.resolve("dea.log.1"));
        append("dea.log", "three\n");

        systail = Systail.start(settings, tree);

        awaitReceived("dea:one", "dea:two", "dea:three");
    }

    @Test
    void tellsOfALossInTheStreamThatHasIt() throws IOException {
        append("dea.log", "one\n");
        awaitReceived("dea:one");
        systail.close();
        Files.delete(folder.resolve("dea.log"));

        systail = Systail.start(settings, tree);

        awaitReceived(
                "dea:one",
                "dea:lines of " + folder.resolve("dea.log")
                        + " may have been lost: the file was not found after a restart");
    }

    @Test
    void showsThatItIsReady() {
        assertThat(tree.children(ConfigPath.RUNNING.child("10.0.0.5"))).containsOnlyKeys("logyard", "systail");
        assertThat(tree.children(ConfigPath.RUNNING.child("10.0.0.5")).values())
                .allSatisfy(
                        process -> assertThat(process.path("state").asText()).isEqualTo("RUNNING"));
    }
}
