package logyard.config.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.snapshot.Snapshot.Mark;
import logyard.config.snapshot.Snapshot.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotFileTest {
    @TempDir
    private Path folder;

    @Test
    void bringsBackAllThatWasSaved() throws IOException {
        Map<String, JsonNode> values = Map.of(
                "", IntNode.valueOf(1),
                "mine", new TextNode("udp://h:1?filter=é\"\\"),
                "spec", JsonNodeFactory.instance.objectNode().put("substring", "x"));
        var drains = new ConfigSubtree(new TreeMap<>(values), new TreeMap<>(Map.of("bad", "is not JSON")));
        var snapshot = new Snapshot(
                new Mark("3-1366305302000", true, 1_366_305_302_000L, "it is older"),
                new TreeMap<>(Map.of(
                        ConfigPath.DRAINS, new State(1L << 40, drains),
                        ConfigPath.MBUS_IP, new State(0, ConfigSubtree.EMPTY))));

        file().save(snapshot);

        assertThat(file().load()).contains(snapshot);
    }

    @Test
    void knowsNothingAtFirst() {
        assertThat(file().load()).isEmpty();
        assertThat(file().exists()).isFalse();
    }

    @Test
    void makesItsFolderAndLetsOnlyTheOwnerReadIt() throws IOException {
        var file = new SnapshotFile(folder.resolve("var/lib"), "systail");

        file.save(Snapshot.NONE);

        Path saved = folder.resolve("var/lib/config-systail.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
                .isEqualTo("rw-------");
    }

    @Test
    void keepsTwoGenerationsAndNothingElse() throws IOException {
        file().save(numbered(1));
        file().save(numbered(2));
        file().save(numbered(3));

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(current(), previous());
        }
        assertThat(read(current())).isEqualTo(numbered(3));
        assertThat(read(previous())).isEqualTo(numbered(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"version\":1}",
                "{\"version\":\"x\"}",
                "{\"version\":1,\"mark\":{},\"states\":{}}",
                "\0\0\0"
            })
    void fallsBackToThePreviousGeneration(String damaged) throws IOException {
        file().save(numbered(1));
        file().save(numbered(2));
        Files.writeString(current(), damaged);

        assertThat(file().load()).contains(numbered(1));

        file().save(numbered(3));
        assertThat(file().load()).contains(numbered(3));
    }

    @Test
    void leavesADamagedGenerationWhereItIsWhenAnotherProcessLooks() throws IOException {
        file().save(numbered(1));
        file().save(numbered(2));
        assertThat(file().look()).contains(numbered(2));
        Files.writeString(current(), "{");

        assertThat(file().look()).contains(numbered(1));
        assertThat(current()).hasContent("{");
    }

    @Test
    void fallsBackWhenACrashCameBetweenTheTwoRenames() throws IOException {
        file().save(numbered(1));
        Files.move(current(), previous());

        assertThat(file().load()).contains(numbered(1));
        assertThat(file().exists()).isTrue();
    }

    @Test
    void survivesHalfAWrite() throws IOException {
        file().save(numbered(1));
        Files.write(folder.resolve("config-logyard.json.next"), "{\"ver".getBytes(UTF_8));

        assertThat(file().load()).contains(numbered(1));
        file().save(numbered(2));
        assertThat(file().load()).contains(numbered(2));
    }

    @Test
    void knowsNothingWhenBothGenerationsAreDamaged() throws IOException {
        file().save(numbered(1));
        file().save(numbered(2));
        Files.writeString(current(), "x");
        Files.writeString(previous(), "y");

        assertThat(file().exists()).isTrue();
        assertThat(file().load()).isEmpty();
        assertThat(file().exists()).isTrue();
    }

    @Test
    void noticesDamageThatLeavesItReadable() throws IOException {
        file().save(numbered(1));
        file().save(numbered(2));
        Files.writeString(current(), Files.readString(current()).replace("4096", "4097"));

        assertThat(file().load()).contains(numbered(1));
    }

    @Test
    void leavesWhatANewerLogyardWroteUntouched() throws IOException {
        file().save(numbered(1));
        file().save(numbered(2));
        String newer = "{\"version\":2,\"marks\":[]}";
        Files.writeString(current(), newer);
        SnapshotFile file = file();

        assertThat(file.load()).isEmpty();
        file.save(numbered(3));

        assertThat(current()).hasContent(newer);
        assertThat(read(previous())).isEqualTo(numbered(1));
    }

    @Test
    void isWrittenAsDocumented() throws IOException {
        file().save(numbered(7));

        assertThat(Files.readAllLines(current()).get(0))
                .isEqualTo("{\"version\":1,\"mark\":{\"id\":\"7\",\"filled\":true,\"confirmed\":0,\"doubt\":null},"
                        + "\"states\":{\"/proc/logyard/config/systail\":{\"zxid\":7,"
                        + "\"values\":{\"max_record_size\":4096},\"problems\":{}}}}");
    }

    private static Snapshot numbered(int number) {
        var values = new TreeMap<String, JsonNode>(Map.of("max_record_size", IntNode.valueOf(4096)));
        return new Snapshot(
                new Mark(String.valueOf(number), true, 0, null),
                new TreeMap<>(
                        Map.of(ConfigPath.SYSTAIL, new State(number, new ConfigSubtree(values, new TreeMap<>())))));
    }

    private SnapshotFile file() {
        return new SnapshotFile(folder, "logyard");
    }

    private static Snapshot read(Path generation) throws IOException {
        return SnapshotJson.read(generation, Files.readAllBytes(generation));
    }

    private Path current() {
        return folder.resolve("config-logyard.json");
    }

    private Path previous() {
        return folder.resolve("config-logyard.json.previous");
    }
}
