package logyard.kato.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import logyard.core.event.BatchBuilder;
import logyard.core.event.StreamId;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.router.Cursors;
import logyard.core.router.FeedCursor;
import logyard.kato.TestKato;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal of ten minutes, with an event of each of three kinds in each of them, the third in a batch. */
class JournalCommandTest {
    private static final Instant BEGINNING = Instant.parse("2026-11-22T10:00:00Z");

    private final TestKato node = new TestKato();
    private final List<Long> positions = new ArrayList<>();

    @TempDir
    private Path state;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = state.resolve("journal");
        for (int minute = 0; minute < 10; minute++) {
            Clock clock = Clock.fixed(BEGINNING.plus(Duration.ofMinutes(minute)), ZoneOffset.UTC);
            try (Journal journal = Journal.open(new JournalOptions(folder, 1 << 20, 0, 1 << 16), clock)) {
                append(journal, "systail.kato", "{\"n\":" + minute + "}");
                append(journal, "event.x", "{\"text\":\"\u001b[31m" + minute + "\"}");
                appendBatch(journal, minute);
            }
        }
        Cursors.load(state.resolve("cursors.json"))
                .save(
                        Map.of(
                                "mine",
                                new Cursors.Saved(
                                        FeedCursor.startingAt(positions.get(15)), List.of("systail", "apptail")),
                                "all",
                                new Cursors.Saved(FeedCursor.startingAt(0), List.of())),
                        Map.of());
    }

    private void append(Journal journal, String key, String json) throws IOException {
        positions.add(journal.append((key + " " + json).getBytes(UTF_8)));
        byte[] bytes = key.getBytes(UTF_8);
        journal.countEvents(bytes, 0, bytes.length, 1, 100);
    }

    private void appendBatch(Journal journal, int minute) throws IOException {
        var batch = new BatchBuilder("apptail", new StreamId(7, 7), minute * 10L);
        batch.event().append("apptail.abc {\"n\":9}".getBytes(UTF_8));
        batch.endEvent(minute * 10L + 10);
        positions.add(journal.append(batch.finish().bytes()));
        byte[] key = "apptail.abc".getBytes(UTF_8);
        journal.countEvents(key, 0, key.length, 1, 100);
    }

    private TestKato.Result journal(String... arguments) {
        return node.logyardCli(Stream.concat(
                        Stream.concat(Stream.of("journal"), Stream.of(arguments)),
                        Stream.of("-folder", folder.toString()))
                .toArray(String[]::new));
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void damage(long position) throws IOException {
        try (var file = new RandomAccessFile(segment().toFile(), "rw")) {
            file.seek(position + 25);
            int before = file.read();
            file.seek(position + 25);
            file.write(before ^ 1);
        }
    }

    @Test
    void exportsEverythingAsRecvPrintsIt() {
        List<String> lines = journal("export").output().lines().toList();

        assertThat(lines).hasSize(30);
        assertThat(lines.subList(0, 3))
                .containsExactly(
                        "systail.kato {\"n\":0}", "event.x {\"text\":\"\\u001b[31m0\"}", "apptail.abc {\"n\":9}");
    }

    @Test
    void exportsWhatIsAskedFor() {
        assertThat(journal(
                                "export",
                                "-prefix",
                                "systail",
                                "-since",
                                "2026-11-22T10:03:00Z",
                                "--until",
                                "2026-11-22T10:05:00Z")
                        .output())
                .isEqualTo("systail.kato {\"n\":3}\nsystail.kato {\"n\":4}\n");
        assertThat(journal("export", "-limit=1", "-from", positions.get(6).toString())
                        .output())
                .isEqualTo("systail.kato {\"n\":2}\n");
        assertThat(journal("export", "-limit=1", "-from", String.valueOf(positions.get(6) + 1))
                        .output())
                .as("from the middle of a record")
                .isEqualTo("systail.kato {\"n\":2}\n");
        assertThat(journal("export", "-limit", "0").output()).isEmpty();
        assertThat(journal("export", "-since", "1h").output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "10", "2026-11-22", ""})
    void refusesATimeThatIsNone(String time) {
        var result = journal("export", "-since", time);

        if (time.isEmpty()) {
            assertThat(result.status()).isZero();
        } else {
            assertThat(result.err())
                    .startsWith("command error: -since must be a time")
                    .contains("\"" + time + "\"");
        }
    }

    @Test
    void showsSegmentsStreamsAndHowFarDrainsAreBehind() throws IOException {
        JsonNode content = new JsonMapper().readTree(journal("inspect", "-json").output());

        assertThat(content.path("segments")).hasSize(1);
        JsonNode segment = content.path("segments").get(0);
        assertThat(segment.path("events").asInt()).isEqualTo(30);
        assertThat(segment.path("keys").path("event.x").asInt()).isEqualTo(10);
        assertThat(segment.path("first_time").asText()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(segment.path("last_time").asText()).isEqualTo("2026-11-22T10:09:00Z");
        assertThat(content.path("streams").get(0).path("client").asText()).isEqualTo("apptail");
        assertThat(content.path("streams").get(0).path("position").asInt()).isEqualTo(100);
        JsonNode all = content.path("drains").get(0);
        JsonNode mine = content.path("drains").get(1);
        assertThat(all.path("behind_events").asInt()).isEqualTo(30);
        assertThat(mine.path("name").asText()).isEqualTo("mine");
        assertThat(mine.path("behind_events").asInt()).isEqualTo(10);
        assertThat(mine.path("behind_bytes").asLong())
                .isEqualTo(content.path("end").asLong() - positions.get(15));

        assertThat(journal("inspect").output()).contains("SEGMENT", "event.x=10", "apptail", "mine", "10 events, ");
    }

    @Test
    void saysThatItIsWhole() {
        assertThat(journal("verify").output()).startsWith("The journal " + folder + " is whole: ");
        assertThat(journal("repair").output()).isEqualTo("Nothing to repair in " + folder + "\n");
    }

    @Test
    void noticesThatTheEndIsGoneBySomebodyWhoHasReadIt() throws IOException {
        try (var file = new RandomAccessFile(segment().toFile(), "rw")) {
            file.setLength(positions.get(12));
        }

        TestKato.Result found = journal("verify");

        assertThat(found.status()).isEqualTo(1);
        assertThat(found.out())
                .contains("At least " + (positions.get(15) - positions.get(12)) + " bytes are missing at the end of "
                        + folder + ": somebody has read up to position " + positions.get(15));
    }

    @Test
    void findsWhatIsDamagedAndTakesItOut() throws IOException {
        Path segment = segment();
        damage(positions.get(3));
        byte[] damaged = Files.readAllBytes(segment);

        TestKato.Result found = journal("verify");
        assertThat(found.status()).isEqualTo(1);
        assertThat(found.out())
                .startsWith(segment + ": " + (positions.get(4) - positions.get(3)) + " bytes at offset "
                        + positions.get(3) + " (position " + positions.get(3) + "): records are damaged\n")
                .contains("is damaged in 1 place; ");
        assertThat(journal("export").err()).contains("WARN: ", " bytes of the journal are damaged");

        assertThat(journal("repair", "--dry-run").output()).startsWith("Would replace " + segment + " by ");
        assertThat(segment).hasBinaryContent(damaged);

        assertThat(journal("repair").output())
                .startsWith("Will replace " + segment)
                .contains(" is whole: ");
        assertThat(segment.resolveSibling(segment.getFileName() + ".damaged")).hasBinaryContent(damaged);
        assertThat(journal("export").output().lines()).hasSize(29).doesNotContain("systail.kato {\"n\":1}");
    }

    @Test
    void refusesAJournalThatIsInUse() throws IOException {
        try (Journal running = Journal.open(new JournalOptions(folder, 1 << 20, 0, 1 << 16), Clock.systemUTC())) {
            for (String command : List.of("inspect", "export", "verify", "repair")) {
                var result = journal(command);

                assertThat(result.status()).isEqualTo(1);
                assertThat(result.out()).isEmpty();
                assertThat(result.err()).contains("is in use: stop logyard on this node first");
            }
            assertThat(running.damagedBytes()).isZero();
        }
    }

    @Test
    void refusesWhatIsNoJournalAndWhatIsNoCommand() {
        folder = state.resolve("nowhere");

        assertThat(journal("verify").err()).contains(folder + ": there is no journal");
        assertThat(node.logyardCli("journal").err()).contains("needs one of inspect, export, verify and repair");
        assertThat(node.logyardCli("journal", "mend").status()).isNotZero();
        assertThat(journal("export", "-limit", "-1").err()).contains("must not be negative, got -1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "export", "verify", "repair"})
    void helpsWithAnExample(String command) {
        assertThat(node.logyardCli("journal", command, "--help").output())
                .contains("Usage: journal " + command, "-folder", "Example: ", "logyard-cli journal");
        assertThat(node.logyardCli("journal", "-h").output()).contains(command, "Example: ");
    }
}
