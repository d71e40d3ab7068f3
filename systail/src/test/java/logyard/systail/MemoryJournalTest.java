package logyard.systail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.LogyardCore;
import logyard.core.daemon.NamedThreads;
import logyard.core.daemon.NodeFolder;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.FakeDrainType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code journal.max_bytes=0}: the original's best effort. */
class MemoryJournalTest {
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    Path folder;

    private final InMemoryConfigTree tree = new InMemoryConfigTree();
    private final ExecutorService thread = NamedThreads.single("fake-drain");
    private final FakeDrainType type = new FakeDrainType(thread).openingAtOnce();
    private NodeFolder node;
    private Settings settings;

    @BeforeEach
    void setUp() throws IOException {
        node = new NodeFolder(folder);
        settings = node.settings().with(Setting.JOURNAL_MAX_BYTES, "0");
        tree.set(ConfigPath.DRAINS.child("all"), TextNode.valueOf("fake://h:1?format={{.text}}"));
        tree.set(ConfigPath.SYSTAIL.child("log_files").child("dea"), TextNode.valueOf(""));
    }

    @AfterEach
    void tidy() throws IOException {
        NamedThreads.stop(thread);
        node.close();
    }

    private static Set<Path> inMemory() throws IOException {
        try (Stream<Path> all = Files.list(MEMORY)) {
            return all.filter(path -> path.getFileName().toString().startsWith("logyard-"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void deliversAndWritesNothingToTheDisk() throws IOException {
        Set<Path> before = inMemory();
        try (var core = LogyardCore.start(settings, tree, new DrainTypes(List.of(type)));
                var systail = Systail.start(settings, tree)) {
            assertThat(List.of(core, systail)).doesNotContainNull();
            Files.writeString(
                    folder.resolve("dea.log"), "one\ntwo\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);

            await().untilAsserted(() ->
                    assertThat(type.lastAttempt().target.received()).isEqualTo("one\ntwo\n"));
            assertThat(folder.resolve("state/journal")).doesNotExist();
            assertThat(inMemory()).hasSize(before.size() + 1);
        }

        assertThat(inMemory()).isEqualTo(before);
    }

    @Test
    void twoCoresOfOneFolderAreOneTooMany() throws IOException {
        try (var core = LogyardCore.start(settings, tree, new DrainTypes(List.of(type)))) {
            assertThat(core).isNotNull();
            try (var other = new NodeFolder(folder)) {
                Settings sameState = other.settings().with(Setting.JOURNAL_MAX_BYTES, "0");

                assertThatThrownBy(() -> LogyardCore.start(sameState, tree, new DrainTypes(List.of())))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("in use by another process");
            }
        }
    }

    @Test
    void aFolderThatOthersCanLookIntoIsNotUsed() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        Path state = folder.resolve("state").toRealPath();
        Path planted = Files.createDirectory(MEMORY.resolve("logyard-" + Integer.toHexString(state.hashCode())));
        try {
            assertThatThrownBy(() -> LogyardCore.start(settings, tree, new DrainTypes(List.of())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(planted + " is not a folder of this core's alone");
        } finally {
            Files.delete(planted);
        }
    }
}
