package logyard.core.tail.position;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import logyard.config.DurableFile.NewerVersionException;
import logyard.core.tail.file.FileIdentity;
import logyard.core.tail.file.Fingerprint;
import logyard.core.tail.position.SavedStream.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionsTest {
    private static final Path LOG = Path.of("/s/logs/dea.log");

    @TempDir
    private Path dir;

    @Test
    void whatWasSavedIsFoundAgain() throws IOException {
        SavedPath saved = saved("dea", 4711);
        saveAll(saved);

        try (Positions positions = Positions.open(dir)) {
            assertThat(positions.claim("dea", LOG)).contains(saved);
            assertThat(positions.claim("other", LOG)).isEmpty();
            assertThat(positions.failures()).isZero();
        }
    }

    @Test
    void theFileIsForItsOwnerOnly() throws IOException {
        saveAll(saved("dea", 1));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("positions.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void theOneBeforeIsKept() throws IOException {
        saveAll(saved("dea", 1));
        saveAll(saved("dea", 2));
        Files.delete(dir.resolve("positions.json"));

        try (Positions positions = Positions.open(dir)) {
            assertThat(positions.claim("dea", LOG)).contains(saved("dea", 1));
            assertThat(positions.failures()).isZero();
        }
    }

    @Test
    void aDamagedFileIsSetAsideAndTheOneBeforeUsed() throws IOException {
        saveAll(saved("dea", 1));
        saveAll(saved("dea", 2));
        Path current = dir.resolve("positions.json");
        byte[] whole = Files.readAllBytes(current);
        Files.write(current, java.util.Arrays.copyOf(whole, whole.length / 2));

        try (Positions positions = Positions.open(dir)) {
            assertThat(positions.claim("dea", LOG)).contains(saved("dea", 1));
            assertThat(positions.failures()).isEqualTo(1);
        }
        assertThat(dir.resolve("positions.json.damaged")).exists();
    }

    @Test
    void damageThatLeavesAFileReadableIsNoticed() throws IOException {
        saveAll(saved("dea", 1));
        saveAll(saved("dea", 2));
        Path current = dir.resolve("positions.json");
        Files.writeString(current, Files.readString(current).replace("\"offset\":2", "\"offset\":9"));

        try (Positions positions = Positions.open(dir)) {
            assertThat(positions.claim("dea", LOG)).contains(saved("dea", 1));
        }
    }

    @Test
    void twoDamagedFilesMakeANewBeginning() throws IOException {
        Files.writeString(dir.resolve("positions.json"), "{}");
        Files.writeString(dir.resolve("positions.json.previous"), "");

        try (Positions positions = Positions.open(dir)) {
            assertThat(positions.claim("dea", LOG)).isEmpty();
            assertThat(positions.failures()).isEqualTo(2);
        }
    }

    @Test
    void whatANewerLogyardWroteIsRefusedAndLeftAlone() throws IOException {
        Path current = dir.resolve("positions.json");
        String newer = "{\"version\":2,\"files\":{}}";
        Files.writeString(current, newer);

        assertThatThrownBy(() -> Positions.open(dir))
                .isInstanceOf(NewerVersionException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining(current.toString());

        assertThat(current).hasContent(newer);
    }

    @Test
    void whatNobodyHasClaimedStaysUntilItIsForgotten() throws IOException {
        saveAll(saved("one", 1), saved("two", 2));
        try (Positions positions = Positions.open(dir)) {
            positions.claim("one", LOG);
            positions.save(List.of(saved("one", 3)));
        }
        try (Positions positions = Positions.open(dir)) {
            assertThat(positions.claim("one", LOG)).contains(saved("one", 3));
            positions.forgetUnclaimed();
            positions.save(List.of(saved("one", 3)));
        }

        try (Positions positions = Positions.open(dir)) {
            assertThat(positions.claim("two", LOG)).isEmpty();
        }
    }

    @Test
    void anAcknowledgementOnlyGoesForward() throws IOException {
        try (Positions positions = Positions.open(dir)) {
            StreamId id = new StreamId(1, 2);
            positions.acknowledge(id, 100);
            assertThat(positions.acknowledged(id)).isZero();

            positions.track(id, 10);
            positions.acknowledge(id, 20);
            positions.acknowledge(id, 15);

            assertThat(positions.acknowledged(id)).isEqualTo(20);
            assertThat(positions.hasProgressed()).isTrue();
            assertThat(positions.hasProgressed()).isFalse();
        }
    }

    @Test
    void aSaveThatFailsIsCountedAndDoesNotStopAnything() throws IOException {
        var saves = new AtomicInteger();
        Path state = dir.resolve("state");
        Path aside = dir.resolve("aside");
        try (Positions positions = Positions.open(state)) {
            positions.afterSave(saves::incrementAndGet);
            Files.move(state, aside);
            long failed = positions.save(List.of(saved("dea", 1)));
            await().untilAsserted(() -> assertThat(positions.isSaved(failed)).isTrue());
            assertThat(positions.failures()).isEqualTo(1);

            Files.move(aside, state);
            long fine = positions.save(List.of(saved("dea", 2)));
            await().untilAsserted(() -> assertThat(positions.isSaved(fine)).isTrue());

            assertThat(positions.failures()).isEqualTo(1);
            await().untilAsserted(() -> assertThat(saves).hasValue(2));
        }
        assertThat(Files.readString(state.resolve("positions.json"), UTF_8)).contains("\"offset\":2");
    }

    @Test
    void aStreamIdSurvivesItsText() {
        StreamId id = StreamId.of("dea", identity(), 7);

        assertThat(StreamId.parse(id.toString())).isEqualTo(id);
        assertThat(id.toBytes()).hasSize(StreamId.BYTES);
        assertThat(id).isNotEqualTo(StreamId.of("dea", identity(), 8)).isNotEqualTo(StreamId.of("kato", identity(), 7));
        assertThatThrownBy(() -> StreamId.parse("abc")).hasMessageContaining("got abc");
    }

    private void saveAll(SavedPath... paths) throws IOException {
        try (Positions positions = Positions.open(dir)) {
            positions.forgetUnclaimed();
            positions.save(List.of(paths));
        }
    }

    private static SavedPath saved(String name, long offset) {
        var stream = new SavedStream(
                StreamId.of(name, identity(), 5), "/s/logs/dea.log", identity(), offset, offset + 10, State.READING);
        return new SavedPath(name, LOG.toString(), false, 6, 123, 124, List.of(stream));
    }

    private static FileIdentity identity() {
        return new FileIdentity(65024, 12345, 1_795_370_000_123_456_789L, true, new Fingerprint(1024, -42));
    }

    @Test
    void areOfOneTailer() throws IOException {
        Positions first = Positions.open(dir);

        assertThatThrownBy(() -> Positions.open(dir)).hasMessage(dir + " is in use by another process");

        first.close();
        Positions.open(dir).close();
    }
}
