package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import logyard.config.DurableFile.NewerVersionException;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to its files, a journal opens, reads all that is whole, counts the rest, and takes more. */
class DamagedJournalTest {
    private static final long SEGMENT_BYTES = 2000;

    @TempDir(factory = MemoryFolder.class)
    private Path root;

    private final Random random = new Random(4);
    private final NavigableMap<Long, ByteBuffer> written = new TreeMap<>();
    private Path original;
    private Path folder;
    private long end;

    @BeforeEach
    void writeSomeSegments() throws Exception {
        TestJournals.logNothing();
        original = root.resolve("original");
        try (Journal journal = TestJournals.open(original, SEGMENT_BYTES)) {
            for (int i = 0; i < 60; i++) {
                append(journal, TestJournals.randomEvent(random, random.nextInt(200)));
                StreamId stream = TestJournals.stream(i % 3);
                long from = journal.positions().expected(stream).orElse(0);
                append(
                        journal,
                        TestJournals.batch(stream, from, from, 1 + i % 5).bytes());
                journal.positions().advance("test", stream, from + 10L * (1 + i % 5));
                journal.sync();
                boolean unused = journal.seal();
            }
            end = journal.end();
        }
        folder = TestJournals.copy(original, root.resolve("damaged"));
        assertThat(segments()).hasSizeGreaterThan(8);
    }

    @AfterEach
    void logAgain() {
        TestJournals.logAgain();
    }

    private void append(Journal journal, byte[] frame) throws IOException {
        written.put(journal.append(frame), ByteBuffer.wrap(frame));
    }

    private List<Path> segments() throws IOException {
        return TestJournals.files(folder, ".journal");
    }

    private static long base(Path segment) {
        return Long.parseLong(segment.getFileName().toString().substring(0, 20));
    }

    /** Opens the journal and checks that it holds at least the records that are whole, and takes more. */
    private long assertUsable(Predicate<Map.Entry<Long, ByteBuffer>> whole) throws IOException {
        long damaged;
        ByteBuffer more = ByteBuffer.wrap(TestJournals.event("more", 50));
        Map<Long, ByteBuffer> expected = new TreeMap<>();
        written.entrySet().stream().filter(whole).forEach(record -> expected.put(record.getKey(), record.getValue()));
        try (Journal journal = TestJournals.open(folder, SEGMENT_BYTES)) {
            Map<Long, ByteBuffer> found = readAll(journal);
            assertThat(difference(found, written)).as("invented").isEmpty();
            assertThat(difference(expected, found)).as("missing").isEmpty();
            for (int i = 0; i < 3; i++) {
                assertThat(journal.positions().expected(TestJournals.stream(i)).orElse(0))
                        .isLessThanOrEqualTo(20 * 3 * 10L);
            }
            damaged = journal.damagedBytes();

            assertThat(journal.flushedEnd()).isLessThanOrEqualTo(journal.end());
            long position = journal.append(more.array());
            journal.flush();
            expected.put(position, more);
            assertThat(journal.end()).isEqualTo(position + Journal.recordBytes(more.array()));
            assertThat(difference(expected, readAll(journal))).isEmpty();
        }
        try (Journal again = TestJournals.open(folder, SEGMENT_BYTES)) {
            assertThat(difference(expected, readAll(again))).isEmpty();
        }
        return damaged;
    }

    /** The positions of records that are in one, but not so in the other. */
    private static List<Long> difference(Map<Long, ByteBuffer> one, Map<Long, ByteBuffer> other) {
        return one.keySet().stream()
                .filter(position -> !one.get(position).equals(other.get(position)))
                .toList();
    }

    private static Map<Long, ByteBuffer> readAll(Journal journal) throws IOException {
        Map<Long, ByteBuffer> found = new TreeMap<>();
        TestJournals.readFrom(journal, 0)
                .forEach(record -> found.put(record.position(), ByteBuffer.wrap(record.frame())));
        return found;
    }

    private static long next(Map.Entry<Long, ByteBuffer> record) {
        return record.getKey() + Journal.recordBytes(record.getValue().array());
    }

    @Test
    void survivesRandomBitsFlippedAnywhere() throws Exception {
        for (int i = 0; i < 300; i++) {
            long seed = random.nextLong();
            folder = TestJournals.copy(original, root.resolve("flipped-" + i));
            List<Long> flipped = flipBits(new Random(seed));
            try {
                assertUsable(record ->
                        flipped.stream().noneMatch(position -> position >= record.getKey() && position < next(record)));
            } catch (AssertionError | IOException | RuntimeException e) {
                throw new AssertionError("With seed " + seed + ": " + e, e);
            }
        }
    }

    /** Flips up to twenty bits; the positions of those that are in segments. */
    private List<Long> flipBits(Random choice) throws IOException {
        List<Long> positions = new ArrayList<>();
        List<Path> files = TestJournals.files(folder, "");
        for (int count = 1 + choice.nextInt(20); count > 0; count--) {
            Path file = files.get(choice.nextInt(files.size()));
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length > 0) {
                int at = choice.nextInt(bytes.length);
                bytes[at] ^= (byte) (1 << choice.nextInt(8));
                Files.write(file, bytes);
                if (file.toString().endsWith(".journal")) {
                    positions.add(base(file) + at);
                }
            }
        }
        return positions;
    }

    @Test
    void cutsATornTailWhereverItIsTorn() throws Exception {
        Path last = segments().get(segments().size() - 1);
        byte[] bytes = Files.readAllBytes(last);
        for (int length = bytes.length; length >= Math.max(0, bytes.length - 400); length--) {
            folder = TestJournals.copy(original, root.resolve("torn-" + length));
            Files.write(folder.resolve(last.getFileName()), Arrays.copyOf(bytes, length));
            long until = base(last) + length;

            assertThat(assertUsable(record -> next(record) <= until)).isZero();
        }
    }

    @Test
    void aTornTailThatWasCutIsNotFoundAgain() throws Exception {
        Path last = segments().get(segments().size() - 1);
        long lastRecord = written.lastKey();
        Files.write(last, Arrays.copyOf(Files.readAllBytes(last), (int) Files.size(last) - 1));
        Path killed = root.resolve("killed");
        try (Journal journal = TestJournals.open(folder, SEGMENT_BYTES)) {
            assertThat(journal.append(new byte[] {'k'})).isEqualTo(lastRecord);
            journal.flush();
            TestJournals.copy(folder, killed);
        }

        try (Journal again = TestJournals.open(killed, SEGMENT_BYTES)) {
            assertThat(again.damagedBytes()).isZero();
            assertThat(again.flushedEnd()).isEqualTo(lastRecord + RecordHeader.BYTES + 1);
        }
    }

    /** Kept, it would claim as its own what is appended behind it. */
    @Test
    void cutsAHeaderThatLostItsPayload() throws Exception {
        Path last = segments().get(segments().size() - 1);
        long lastRecord = written.lastKey();
        long before = written.lowerKey(lastRecord);
        byte[] bytes = Arrays.copyOf(Files.readAllBytes(last), (int) (lastRecord - base(last)) + RecordHeader.BYTES);
        bytes[(int) (before - base(last))] ^= 1;
        Files.write(last, bytes);

        long damaged = assertUsable(record -> record.getKey() < before);

        assertThat(damaged).isEqualTo(lastRecord - before);
    }

    @Test
    void countsWhatIsMissingAtTheEndOfAnOlderSegment() throws Exception {
        Path middle = segments().get(4);
        byte[] bytes = Files.readAllBytes(middle);
        for (int length = bytes.length - 1; length >= bytes.length - 200; length--) {
            folder = TestJournals.copy(original, root.resolve("cut-" + length));
            Files.write(segments().get(4), Arrays.copyOf(bytes, length));
            long from = base(middle) + length;
            long to = base(middle) + bytes.length;

            long damaged = assertUsable(record -> next(record) <= from || record.getKey() >= to);

            long lastWhole = written.entrySet().stream()
                    .mapToLong(DamagedJournalTest::next)
                    .filter(next -> next <= from)
                    .max()
                    .orElseThrow();
            assertThat(damaged).isEqualTo(to - lastWhole);
        }
    }

    @Test
    void readsAroundASegmentThatIsGone() throws Exception {
        Path gone = segments().get(3);
        long from = base(gone);
        long to = from + Files.size(gone);
        Files.delete(gone);

        long damaged = assertUsable(record -> record.getKey() < from || record.getKey() >= to);

        assertThat(damaged).isEqualTo(to - from);
    }

    @Test
    void goesOnBehindTheSegmentsBeforeIfTheLastOneIsGone() throws Exception {
        Path last = segments().get(segments().size() - 1);
        Files.delete(last);

        assertUsable(record -> record.getKey() < base(last));
    }

    @Test
    void doesNotBeginAtZeroAgainIfAllSegmentsAreGone() throws Exception {
        long lastBase = base(segments().get(segments().size() - 1));
        for (Path segment : segments()) {
            Files.delete(segment);
        }

        assertUsable(record -> false);

        assertThat(base(segments().get(0))).isEqualTo(lastBase);
    }

    @Test
    void readsSegmentsWithADamagedHeader() throws Exception {
        for (int i = 0; i < Segment.HEADER_BYTES; i++) {
            folder = TestJournals.copy(original, root.resolve("header-" + i));
            for (Path segment : List.of(
                    segments().get(0),
                    segments().get(4),
                    segments().get(segments().size() - 1))) {
                byte[] bytes = Files.readAllBytes(segment);
                bytes[i] ^= 4;
                Files.write(segment, bytes);
            }

            long damaged = assertUsable(record -> true);

            assertThat(damaged).isEqualTo(3L * Segment.HEADER_BYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"version\":2,\"base\":0,\"end\":1000000,\"keys\":{}}",
                "{\"version\":1}",
                "{\"version\":1,\"base\":0,\"end\":-5,\"keys\":7}",
                "\u0000\u0001",
                "{\"version\":99999999999999999999}"
            })
    void readsASegmentWhoseSummaryIsOfNoUse(String content) throws Exception {
        for (Path summary : TestJournals.files(folder, ".summary")) {
            Files.writeString(summary, content);
        }

        long damaged = assertUsable(record -> true);

        assertThat(damaged).isZero();
        assertThat(TestJournals.files(folder, ".summary"))
                .allSatisfy(file -> assertThat(Files.readString(file)).contains("\"end\""));
    }

    @Test
    void writesMissingSummaries() throws Exception {
        List<Path> summaries = TestJournals.files(folder, ".summary");
        List<String> before = new ArrayList<>();
        for (Path summary : summaries) {
            before.add(withoutKeys(summary)); // no key was counted when this was written
            Files.delete(summary);
        }

        TestJournals.open(folder, SEGMENT_BYTES).close();

        for (int i = 0; i < summaries.size(); i++) {
            assertThat(withoutKeys(summaries.get(i))).isEqualTo(before.get(i));
            assertThat(Files.readString(summaries.get(i))).contains("\"systail.test\"");
        }
    }

    private static String withoutKeys(Path summary) throws IOException {
        String content = Files.readString(summary);
        return content.substring(0, content.indexOf("\"keys\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "null", "{\"version\":1,\"position\":5}", "{\"version\":1,\"streams\":[{}]}", "[1]"})
    void findsTheStreamsAgainIfTheirCheckpointIsOfNoUse(String content) throws Exception {
        Files.writeString(folder.resolve("streams.json"), content);
        Files.writeString(folder.resolve("streams.json.previous"), content);

        assertStreamsAreKnown();
    }

    @Test
    void findsTheStreamsAgainFromThePreviousCheckpoint() throws Exception {
        Files.delete(folder.resolve("streams.json"));

        assertStreamsAreKnown();
    }

    @Test
    void findsTheStreamsAgainWithoutAnyCheckpoint() throws Exception {
        Files.delete(folder.resolve("streams.json"));
        Files.delete(folder.resolve("streams.json.previous"));

        assertStreamsAreKnown();
    }

    private void assertStreamsAreKnown() throws IOException {
        try (Journal journal = TestJournals.open(folder, SEGMENT_BYTES)) {
            for (int i = 0; i < 3; i++) {
                assertThat(journal.positions().expected(TestJournals.stream(i))).hasValue(20 * 3 * 10);
            }
        }
        assertThat(Files.readString(folder.resolve("streams.json"))).contains("\"position\"");
    }

    @Test
    void refusesASegmentOfALaterVersionAndChangesNothing() throws Exception {
        for (int i : new int[] {0, 4, segments().size() - 1}) {
            folder = TestJournals.copy(original, root.resolve("later-" + i));
            Files.writeString(TestJournals.files(folder, ".summary").get(0), "damaged, too");
            Path later = segments().get(i);
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(later)).putInt(4, 2);
            var crc = new CRC32C();
            crc.update(bytes.array(), 0, 16);
            Files.write(later, bytes.putInt(16, (int) crc.getValue()).array());

            assertRefused(later);
        }
    }

    @Test
    void refusesACheckpointOfALaterVersionAndChangesNothing() throws Exception {
        Path later = folder.resolve("streams.json");
        Files.writeString(later, "{\"version\":2,\"what\":[\"ever\"]}");

        assertRefused(later);
    }

    private void assertRefused(Path later) throws IOException {
        Map<Path, ByteBuffer> before = contents();

        assertThatThrownBy(() -> TestJournals.open(folder, SEGMENT_BYTES))
                .isInstanceOf(NewerVersionException.class)
                .hasMessageContaining(later.toString())
                .hasMessageContaining("version 2")
                .hasMessageContaining("install the version that wrote it");

        assertThat(contents()).isEqualTo(before);
    }

    private Map<Path, ByteBuffer> contents() throws IOException {
        Map<Path, ByteBuffer> contents = new TreeMap<>();
        for (Path file : TestJournals.files(folder, "")) {
            contents.put(file, ByteBuffer.wrap(Files.readAllBytes(file)));
        }
        return contents;
    }

    @Test
    void leavesForeignFilesAlone() throws Exception {
        byte[] junk = new byte[3000];
        random.nextBytes(junk);
        List<String> names =
                List.of("README", "123.journal", "99999999999999999999.journal", "x.summary", "lock.previous");
        for (String name : names) {
            Files.write(folder.resolve(name), junk);
        }
        Files.createDirectory(folder.resolve("00000000000000000200.journal"));

        long damaged = assertUsable(record -> true);

        assertThat(damaged).isZero();
        assertThat(names)
                .allSatisfy(name ->
                        assertThat(Files.readAllBytes(folder.resolve(name))).isEqualTo(junk));
    }

    @Test
    void putsAsideWhatIsCalledASegmentButHoldsNoRecords() throws Exception {
        byte[] junk = new byte[3000];
        random.nextBytes(junk);
        for (String base : List.of("00000000000000000333", "00000000000000999999", "00999999999999999999")) {
            Files.write(folder.resolve(base + ".journal"), junk);
        }

        long damaged = assertUsable(record -> true);

        assertThat(damaged).isEqualTo(9000);
        assertThat(TestJournals.files(folder, ".damaged"))
                .hasSize(3)
                .allSatisfy(file -> assertThat(Files.readAllBytes(file)).isEqualTo(junk));
    }

    @Test
    void takesNoCopyOfASegmentForAnother() throws Exception {
        Files.copy(segments().get(2), folder.resolve("00000000000000999999.journal"));

        assertUsable(record -> true);
    }

    @Test
    void passesOverEmptySegments() throws Exception {
        for (String base : List.of("00000000000000000333", "00000000000000000444")) {
            Files.createFile(folder.resolve(base + ".journal"));
        }

        long damaged = assertUsable(record -> true);

        assertThat(damaged).isZero();
    }

    @Test
    void beginsAnEmptyLastSegmentAnew() throws Exception {
        Files.createFile(folder.resolve(String.format("%020d.journal", end)));

        long damaged = assertUsable(record -> true);

        assertThat(damaged).isZero();
        assertThat(base(segments().get(segments().size() - 1))).isEqualTo(end);
    }

    @Test
    void keepsADamagedTailAndGoesOnBehindIt() throws Exception {
        Path last = segments().get(segments().size() - 1);
        byte[] bytes = Files.readAllBytes(last);
        long lastRecord = written.lastKey();
        bytes[(int) (lastRecord - base(last)) + 5] ^= 1;
        Files.write(last, bytes);

        long damaged = assertUsable(record -> record.getKey() < lastRecord);

        assertThat(damaged).isEqualTo(end - lastRecord);
        assertThat(Files.readAllBytes(last)).startsWith(bytes);
    }

    @Test
    void doesNotTakeForKnownWhatCameBehindALostBatch() throws Exception {
        Path last = segments().get(segments().size() - 1);
        try (Journal journal = TestJournals.open(folder, 1 << 20)) {
            StreamId stream = TestJournals.stream(7);
            for (int i = 0; i < 3; i++) {
                append(journal, TestJournals.batch(stream, 0, 10L * i, 1).bytes());
            }
        }
        byte[] bytes = Files.readAllBytes(last);
        long second = written.lowerKey(written.lastKey());
        bytes[(int) (second - base(last)) + 30] ^= 1;
        Files.write(last, bytes);

        try (Journal journal = TestJournals.open(folder, 1 << 20)) {
            assertThat(journal.positions().expected(TestJournals.stream(7))).hasValue(10);
            assertThat(readAll(journal)).containsKey(written.lastKey()).doesNotContainKey(second);
        }
    }

    @Test
    void doesNotTakeForKnownWhatCameBehindALostSegmentEvenIfNoneIsLeftBeforeIt() throws Exception {
        StreamId stream = TestJournals.stream(7);
        try (Journal journal = TestJournals.open(folder, 100)) {
            for (int i = 0; i < 3; i++) { // each in a segment of its own, none of them sealed
                journal.append(TestJournals.batch(stream, 0, 10L * i, 1).bytes());
            }
            journal.flush();
            Path killed = TestJournals.copy(folder, root.resolve("killed"));
            List<Path> segments = TestJournals.files(killed, ".journal");
            for (Path segment : segments.subList(0, segments.size() - 1)) {
                Files.delete(segment);
            }
            folder = killed;
        }

        try (Journal journal = TestJournals.open(folder, 100)) {
            assertThat(journal.positions().expected(stream)).isEmpty();
            assertThat(TestJournals.readFrom(journal, 0)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void startsFromADiskThatCannotReadAPageOfEachSegment(int page) throws Exception {
        folder = root.resolve("large");
        try (Journal journal = TestJournals.open(folder, 30_000)) {
            for (int i = 0; i < 1200; i++) {
                journal.append(TestJournals.event("key" + i, 100));
            }
        }
        var disk = new FaultyDisk();
        disk.unreadable = offset -> offset / 4096 == page;

        try (Journal journal = Journal.open(TestJournals.options(folder, 30_000), TestJournals.CLOCK, disk)) {
            assertThat(TestJournals.readFrom(journal, 0)).hasSizeBetween(1200 - 5 * 36, 1200 - 5 * 33);
            assertThat(journal.damagedBytes()).isBetween(5 * 4096L, 5 * (4096L + 2 * 121));
        }
    }

    @Test
    void saysWhichFileCannotBeReadAtAll() {
        var disk = new FaultyDisk();
        disk.unreadable = offset -> true;

        assertThatThrownBy(() -> Journal.open(TestJournals.options(folder, 30_000), TestJournals.CLOCK, disk))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder + "/00000000000000000000.journal")
                .hasMessageContaining("Input/output error");
    }
}
