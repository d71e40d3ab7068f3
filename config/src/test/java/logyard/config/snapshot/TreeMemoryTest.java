package logyard.config.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.Defaults;
import logyard.config.snapshot.Snapshot.Mark;
import logyard.config.snapshot.Snapshot.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeMemoryTest {
    private static final Mark TREE = new Mark("7", true, 0, null);
    private static final ConfigSubtree CLUSTER = subtree(Map.of("mbusip", new TextNode("10.0.0.1")));

    @TempDir
    private Path folder;

    @Test
    void recallsWhatWasKnownLastOfARootOrOfAPlaceBelowIt() {
        var memory = memory();

        memory.update(memory.snapshot().withState(ConfigPath.CLUSTER, new State(1, CLUSTER)));

        assertThat(memory.recall(ConfigPath.CLUSTER)).contains(CLUSTER);
        assertThat(memory.recall(ConfigPath.MBUS_IP)).contains(subtree(Map.of("", new TextNode("10.0.0.1"))));
        assertThat(memory.recall(ConfigPath.NODES)).isEmpty();
    }

    @Test
    void recallsThePackagedDefaultsOfWhatItNeverSaw() {
        assertThat(memory().recall(ConfigPath.SYSTAIL)).isEqualTo(Defaults.at(ConfigPath.SYSTAIL));
    }

    @Test
    void recallsThatAllDrainsWereDeleted() {
        var memory = memory();

        memory.update(memory.snapshot().withState(ConfigPath.DRAINS, new State(1, ConfigSubtree.EMPTY)));

        assertThat(memory.recall(ConfigPath.DRAINS)).contains(ConfigSubtree.EMPTY);
    }

    @Test
    void comesBackAfterARestart() {
        memory().update(Snapshot.NONE.withMark(TREE).withState(ConfigPath.CLUSTER, new State(1, CLUSTER)));

        assertThat(memory().recall(ConfigPath.CLUSTER)).contains(CLUSTER);
        assertThat(memory().isBlank()).isFalse();
    }

    @Test
    void isWrittenOnlyWhenThereIsSomethingNewToSay() throws IOException {
        var memory = memory();
        Snapshot first = Snapshot.NONE.withMark(TREE).withState(ConfigPath.CLUSTER, new State(1, CLUSTER));
        memory.update(first);
        Object before = Files.getAttribute(folder.resolve("config-core.json"), "unix:ino");

        memory.update(first.withState(ConfigPath.CLUSTER, new State(2, CLUSTER)));
        Object same = Files.getAttribute(folder.resolve("config-core.json"), "unix:ino");
        memory.update(first.withState(ConfigPath.CLUSTER, new State(3, ConfigSubtree.EMPTY)));
        Object after = Files.getAttribute(folder.resolve("config-core.json"), "unix:ino");

        assertThat(same).isEqualTo(before);
        assertThat(after).isNotEqualTo(before);
        assertThat(memory.snapshot().zxid(ConfigPath.CLUSTER)).isEqualTo(3);
    }

    @Test
    void worksInMemoryWhereItCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        var memory = new TreeMemory(new SnapshotFile(file, "core"));

        memory.update(memory.snapshot().withState(ConfigPath.CLUSTER, new State(1, CLUSTER)));

        assertThat(memory.recall(ConfigPath.CLUSTER)).contains(CLUSTER);
    }

    @Test
    void isBlankOnlyIfNoSnapshotWasEverLeft() throws IOException {
        assertThat(new TreeMemory(null).isBlank()).isTrue();
        assertThat(memory().isBlank()).isTrue();

        Files.writeString(folder.resolve("config-core.json"), "damaged");

        assertThat(memory().isBlank()).isFalse();
    }

    private TreeMemory memory() {
        return new TreeMemory(new SnapshotFile(folder, "core"));
    }

    private static ConfigSubtree subtree(Map<String, JsonNode> values) {
        return new ConfigSubtree(new TreeMap<>(values), new TreeMap<>());
    }
}
