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
import logyard.core.daemon.Registration;
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

    private Set<Path> inMemory() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        String mine = "logyard-"
                + Integer.toHexString(folder.resolve("state").toRealPath().hashCode()) + "-";
        try (Stream<Path> all = Files.list(MEMORY)) {
            return all.filter(path -> path.getFileName().toString().startsWith(mine))
                    .collect(Collectors.toSet());
        }
    }

    private LogyardCore core(Settings settings) throws IOException {
        return LogyardCore.start(settings, tree, new DrainTypes(List.of(type)));
    }

    /** Whose first look at the files is over: what is written from now on is new. */
    private Systail systail(Settings settings) throws IOException {
        Systail systail = Systail.start(settings, tree);
        await().untilAsserted(() -> assertThat(
                        tree.read(ConfigPath.RUNNING.child(NodeFolder.ADDRESS).child(Systail.PROCESS))
                                .orElseThrow()
                                .path("state")
                                .asText())
                .isEqualTo(Registration.RUNNING));
        return systail;
    }

    private void append(String lines) throws IOException {
        Files.writeString(folder.resolve("dea.log"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void awaitReceived(String lines) {
        await().untilAsserted(
                        () -> assertThat(type.lastAttempt().target.received()).isEqualTo(lines));
    }

    private long matched() {
        return tree.read(ConfigPath.STATUS.child(NodeFolder.ADDRESS).child("all"))
                .map(status -> status.path("matched").asLong())
                .orElse(-1L);
    }

    @Test
    void deliversAndLeavesNothingOnTheDisk() throws IOException {
        try (var core = core(settings);
                var systail = systail(settings)) {
            assertThat(List.of(core, systail)).doesNotContainNull();
            append("one\ntwo\n");

            awaitReceived("one\ntwo\n");
            assertThat(inMemory()).hasSize(1);
        }

        assertThat(inMemory()).isEmpty();
        assertThat(folder.resolve("state/cursors.json")).doesNotExist();
        try (Stream<Path> journal = Files.list(folder.resolve("state/journal"))) {
            assertThat(journal).containsExactly(folder.resolve("state/journal/lock"));
        }
    }

    /** Neither takes what the other had for its own. */
    @Test
    void theJournalOnDiskGoesOnWhereItWas() throws IOException {
        int sent = 0;
        for (Settings each : List.of(node.settings(), settings, node.settings())) {
            try (var core = core(each);
                    var systail = systail(each)) {
                assertThat(List.of(core, systail)).doesNotContainNull();
                await().untilAsserted(() -> assertThat(matched()).isNotNegative());
                append("line" + sent + "\n");

                awaitReceived("line" + sent + "\n");
            }
            sent++;
        }
        assertThat(type.attempts()).hasSize(3); // and each got its one line, and none again
    }

    @Test
    void whatACoreThatWasKilledHasLeftIsRemoved() throws IOException {
        inMemory();
        String name = "logyard-"
                + Integer.toHexString(folder.resolve("state").toRealPath().hashCode()) + "-killed";
        Path left = Files.createDirectories(MEMORY.resolve(name).resolve("journal"));
        Files.writeString(left.resolve("00000000000000000000.journal"), "x");

        core(node.settings()).close();

        assertThat(inMemory()).isEmpty();
    }

    @Test
    void twoCoresOfOneFolderAreOneTooMany() throws IOException {
        for (List<String> sizes : List.of(List.of("0", "0"), List.of("1GiB", "0"), List.of("0", "1GiB"))) {
            try (var core = core(node.settings().with(Setting.JOURNAL_MAX_BYTES, sizes.get(0)));
                    var other = new NodeFolder(folder)) {
                assertThat(core).isNotNull();
                Settings sameState = other.settings().with(Setting.JOURNAL_MAX_BYTES, sizes.get(1));

                assertThatThrownBy(() -> LogyardCore.start(sameState, tree, new DrainTypes(List.of())))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("in use by another process");
            }
        }
        assertThat(inMemory()).isEmpty();
    }
}
