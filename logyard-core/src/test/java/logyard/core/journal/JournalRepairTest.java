package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import logyard.config.DurableFile.NewerVersionException;
import logyard.core.journal.JournalDamage.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Segments of five records of 1021 bytes, of which the third of four is harmed. */
class JournalRepairTest {
    private static final int RECORD = 1021;
    private static final int SEGMENT = 20 + 5 * RECORD;

    @TempDir(factory = MemoryFolder.class)
    private Path root;

    private Path folder;
    private Map<Long, ByteBuffer> written;

    /** What is done to a segment, what is found then, and how many records that costs. */
    enum Harm {
        RECORD_IN_THE_MIDDLE(Kind.RECORDS, 1) {
            @Override
            void to(RandomAccessFile segment) throws IOException {
                spoil(segment, 20 + 2 * RECORD + 500);
            }
        },
        FIRST_RECORD(Kind.RECORDS, 1) {
            @Override
            void to(RandomAccessFile segment) throws IOException {
                spoil(segment, 20);
            }
        },
        LAST_RECORD(Kind.RECORDS, 1) {
            @Override
            void to(RandomAccessFile segment) throws IOException {
                spoil(segment, SEGMENT - 1);
            }
        },
        TWO_RECORDS(Kind.RECORDS, 2) {
            @Override
            void to(RandomAccessFile segment) throws IOException {
                spoil(segment, 20 + RECORD + 10);
                spoil(segment, 20 + 3 * RECORD + 10);
            }
        },
        HEADER(Kind.HEADER, 0) {
            @Override
            void to(RandomAccessFile segment) throws IOException {
                spoil(segment, 3);
            }
        },
        CUT(Kind.RECORDS, 3) {
            @Override
            void to(RandomAccessFile segment) throws IOException {
                segment.setLength(20 + 2 * RECORD + 100);
            }
        },
        CUT_BETWEEN_RECORDS(Kind.MISSING, 3) {
            @Override
            void to(RandomAccessFile segment) throws IOException {
                segment.setLength(20 + 2 * RECORD);
            }
        },
        ZEROS(Kind.HEADER, 5) {
            @Override
            void to(RandomAccessFile segment) throws IOException {
                segment.write(new byte[SEGMENT]);
            }
        };

        private final Kind found;
        private final int lost;

        Harm(Kind found, int lost) {
            this.found = found;
            this.lost = lost;
        }

        abstract void to(RandomAccessFile segment) throws IOException;

        static void spoil(RandomAccessFile segment, long offset) throws IOException {
            segment.seek(offset);
            int before = segment.read();
            segment.seek(offset);
            segment.write(before ^ 0x55);
        }
    }

    @BeforeEach
    void write() throws IOException {
        TestJournals.logNothing();
        folder = root.resolve("journal");
        try (Journal journal = open()) {
            for (int i = 0; i < 18; i++) {
                long unused = journal.append(TestJournals.event("k", 1000));
                TestJournals.countEvents(journal, "k", 1);
            }
            journal.flush();
            written = records(journal);
        }
    }

    @AfterEach
    void logAgain() {
        TestJournals.logAgain();
    }

    private Journal open() throws IOException {
        return TestJournals.open(folder, SEGMENT);
    }

    private static Map<Long, ByteBuffer> records(Journal journal) throws IOException {
        Map<Long, ByteBuffer> records = new TreeMap<>();
        TestJournals.readFrom(journal, 0)
                .forEach(record -> records.put(record.position(), ByteBuffer.wrap(record.frame())));
        return records;
    }

    private List<JournalDamage> damages() throws IOException {
        try (StoppedJournal stopped = StoppedJournal.open(folder)) {
            return stopped.damages();
        }
    }

    private List<String> repair() throws IOException {
        try (StoppedJournal stopped = StoppedJournal.open(folder)) {
            var repair = new JournalRepair(stopped, stopped.damages());
            repair.run();
            return repair.plan();
        }
    }

    private void harm(int number, Harm harm) throws IOException {
        Path segment = TestJournals.files(folder, ".journal").get(number);
        try (var file = new RandomAccessFile(segment.toFile(), "rw")) {
            harm.to(file);
        }
    }

    private Map<String, Integer> content() throws IOException {
        Map<String, Integer> content = new TreeMap<>();
        for (Path file : TestJournals.files(folder, "")) {
            content.put(
                    file.getFileName().toString(),
                    ByteBuffer.wrap(Files.readAllBytes(file)).hashCode());
        }
        return content;
    }

    @Test
    void aJournalThatIsWholeIsLeftAsItIs() throws IOException {
        Map<String, Integer> before = content();

        assertThat(damages()).isEmpty();
        assertThat(repair()).isEmpty();

        assertThat(content()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void takesOutWhatIsDamagedAndNothingElse(Harm harm) throws IOException {
        harm(2, harm);
        Map<String, Integer> before = content();

        assertThat(damages()).extracting(JournalDamage::kind).contains(harm.found);
        assertThat(content()).as("after a look").isEqualTo(before);
        assertThat(repair()).isNotEmpty();

        assertThat(damages()).isEmpty();
        try (Journal journal = open()) {
            assertThat(records(journal)).hasSize(18 - harm.lost);
            assertThat(written).containsAllEntriesOf(records(journal));
            assertThat(journal.damagedBytes()).isZero();
            assertThat(journal.end())
                    .isEqualTo(written.keySet().stream().reduce((a, b) -> b).orElseThrow() + RECORD);
        }
        if (harm != Harm.CUT_BETWEEN_RECORDS) {
            assertThat(TestJournals.files(folder, ".journal.damaged")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FIRST_RECORD", "LAST_RECORD", "HEADER"})
    void noRecordTakesThePlaceOfOneThatIsLost(Harm harm) throws IOException {
        harm(3, harm == Harm.LAST_RECORD ? Harm.RECORD_IN_THE_MIDDLE : harm);

        assertThat(repair()).isNotEmpty();

        assertThat(damages()).isEmpty();
        try (Journal journal = open()) {
            long position = journal.append(TestJournals.event("k", 1000));
            assertThat(position)
                    .isGreaterThan(written.keySet().stream().reduce((a, b) -> b).orElseThrow());
            assertThat(journal.damagedBytes()).isZero();
        }
    }

    @Test
    void aMissingSegmentIsNoted() throws IOException {
        Files.delete(TestJournals.files(folder, ".journal").get(1));

        assertThat(damages()).extracting(JournalDamage::kind).containsExactly(Kind.MISSING);
        assertThat(repair()).hasSize(1);

        assertThat(damages()).isEmpty();
        try (Journal journal = open()) {
            assertThat(records(journal)).hasSize(13);
            assertThat(journal.damagedBytes()).isZero();
        }
    }

    @Test
    void whatIsDamagedBesideTheSegmentsIsWrittenAnew() throws IOException {
        for (Path file : List.of(TestJournals.files(folder, ".summary").get(0), folder.resolve("streams.json"))) {
            try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
                Harm.spoil(bytes, 20);
            }
        }

        assertThat(damages()).extracting(JournalDamage::kind).containsExactly(Kind.SUMMARY, Kind.STREAMS);
        assertThat(repair()).hasSize(2);

        assertThat(damages()).isEmpty();
    }

    @Test
    void aTornEndIsNoDamage() throws IOException {
        Path last = TestJournals.files(folder, ".journal").get(3);
        try (var file = new RandomAccessFile(last.toFile(), "rw")) {
            file.setLength(file.length() - 10);
        }

        assertThat(damages()).extracting(JournalDamage::kind).containsExactly(Kind.TORN_END);
        assertThat(repair()).isEmpty();
    }

    @Test
    void refusesWhatIsInUseOrNewerOrNotThere() throws IOException {
        try (Journal journal = open()) {
            assertThatThrownBy(() -> StoppedJournal.open(folder)).hasMessageContaining("stop logyard");
        }
        assertThatThrownBy(() -> StoppedJournal.open(root.resolve("none"))).isInstanceOf(NoSuchFileException.class);

        Path first = TestJournals.files(folder, ".journal").get(0);
        byte[] header = Segment.of(first).orElseThrow().header();
        var crc = new CRC32C();
        header[7]++;
        crc.update(header, 0, 16);
        ByteBuffer.wrap(header).putInt(16, (int) crc.getValue());
        try (var file = new RandomAccessFile(first.toFile(), "rw")) {
            file.write(header);
        }
        Map<String, Integer> before = content();

        assertThatThrownBy(() -> StoppedJournal.open(folder)).isInstanceOf(NewerVersionException.class);
        assertThat(content()).isEqualTo(before);
    }

    @Test
    void knowsWhatTheJournalHolds() throws IOException {
        try (StoppedJournal stopped = StoppedJournal.open(folder)) {
            List<Long> positions = new ArrayList<>();
            try (JournalReader reader = stopped.reader(0)) {
                for (var next = reader.next(Long.MAX_VALUE); next.isPresent(); next = reader.next(Long.MAX_VALUE)) {
                    positions.add(next.get().position());
                }
            }

            assertThat(positions).containsExactlyElementsOf(written.keySet());
            assertThat(stopped.segments())
                    .hasSize(4)
                    .allMatch(segment -> segment.keys().orElseThrow().containsKey("k"));
            assertThat(stopped.damagedBytes()).isZero();
        }
    }
}
