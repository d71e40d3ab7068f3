package logyard.core.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal of 4 MiB in segments of 256 KiB, into which one application puts much more than all others together. */
class SharesTest {
    private static final int SEGMENT_BYTES = 256 << 10;
    private static final int MAX_BYTES = 4 << 20;
    private static final int NOISE_BYTES = 3000;
    private static final String NOISY = "apptail.noisy";
    private static final List<String> QUIET = List.of("apptail.quiet", "systail.dea.10.0.0.1", "event.error");

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private final List<Long> quiet = new ArrayList<>();
    private final List<Long> noisy = new ArrayList<>();
    private Journal journal;
    private volatile long wanted;

    @BeforeEach
    void open() throws IOException {
        // TestJournals.logNothing();
        journal = Journal.open(new JournalOptions(folder, MAX_BYTES, 0, SEGMENT_BYTES), TestJournals.CLOCK, disk);
        journal.oldestWanted(() -> wanted);
    }

    @AfterEach
    void close() throws IOException {
        TestJournals.logAgain();
        journal.close();
        assertThat(disk.openFiles).as("files left open").hasValue(0);
    }

    private void reopen() throws IOException {
        journal.close();
        open();
    }

    private long append(String key, int bytes) throws IOException {
        byte[] event = TestJournals.event(key, bytes);
        long position = journal.append(event);
        journal.countEvents(event, 0, key.length(), 1, event.length);
        return position;
    }

    private void append(int rounds) throws IOException {
        for (int i = 0; i < rounds; i += 4) {
            appendAtOnce(4);
            retain();
        }
    }

    /** Twenty lines of the noisy one for each of the others. */
    private void appendAtOnce(int rounds) throws IOException {
        for (int i = 0; i < rounds; i++) {
            for (int line = 0; line < 20; line++) {
                noisy.add(append(NOISY, NOISE_BYTES));
            }
            quiet.add(append(QUIET.get(i % QUIET.size()), 300));
        }
    }

    private void retain() throws IOException {
        journal.sync();
        boolean unused = journal.seal();
        journal.retain();
    }

    private List<Long> found(boolean noise) throws IOException {
        return TestJournals.readFrom(journal, 0).stream()
                .filter(record -> isNoise(record) == noise)
                .map(JournalRecord::position)
                .toList();
    }

    private static boolean isNoise(JournalRecord record) {
        return new String(record.frame(), US_ASCII).startsWith(NOISY);
    }

    private long bytesOnDisk() throws IOException {
        long bytes = 0;
        for (Path file : TestJournals.files(folder, ".journal")) {
            Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
            bytes += 512 * Long.parseLong(new String(stat.getInputStream().readAllBytes(), US_ASCII).strip());
        }
        return bytes;
    }

    @Test
    void whoPutsMostIntoTheJournalLosesItsOldestAndNobodyElseAnything() throws Exception {
        append(300); // 18 MB, of which 90 kB are of others

        assertThat(found(false)).isEqualTo(quiet);
        List<Long> noise = found(true);
        assertThat(noise).hasSizeBetween(700, 1400).hasSizeLessThan(noisy.size() / 4);
        int newest = noisy.size() - 500;
        assertThat(noise.subList(noise.size() - 500, noise.size())).isEqualTo(noisy.subList(newest, newest + 500));
        assertThat(journal.damagedBytes()).isZero();
        assertThat(bytesOnDisk()).isLessThan(MAX_BYTES + SEGMENT_BYTES);
        assertThat(journal.sizeBytes()).isBetween(bytesOnDisk() / 2, bytesOnDisk());
        assertThat(TestJournals.files(folder, ".thinned")).isEmpty();
    }

    @Test
    void whatEverybodyHasReadGoesAsItCame() throws Exception {
        wanted = Long.MAX_VALUE;

        append(300);

        assertThat(found(false)).hasSizeLessThan(quiet.size() / 3);
        assertThat(journal.sizeBytes()).isEqualTo(journal.flushedEnd() - journal.first() + Segment.HEADER_BYTES);
    }

    @Test
    void whatEverybodyHasReadGoesFirstAndOnlyThatAsItCame() throws Exception {
        wanted = Long.MAX_VALUE;
        append(60);
        wanted = quiet.get(20);
        appendAtOnce(100); // more than what everybody has read takes

        retain();

        List<Long> kept = found(false);
        assertThat(kept).isEqualTo(quiet.subList(quiet.size() - kept.size(), quiet.size()));
        assertThat(kept.get(0)).isBetween(quiet.get(20) - SEGMENT_BYTES, quiet.get(20));
        assertThat(found(true)).hasSizeBetween(700, 1400);
    }

    @Test
    void applicationsThatTakeEquallyMuchGiveUpEquallyMuch() {
        Map<String, Long> bytes = Map.of("a", 900L, "b", 500L, "c", 100L);

        assertThat(Shares.level(bytes, 300)).as("a gives up 300").isEqualTo(600);
        assertThat(Shares.level(bytes, 600)).as("a gives up 500, b 100").isEqualTo(400);
        assertThat(Shares.level(bytes, 1350)).as("all keep 50").isEqualTo(50);
        assertThat(Shares.level(bytes, 2000)).isZero();
        assertThat(Shares.level(Map.of(), 10)).isZero();
    }

    @Test
    void withManyApplicationsOfTheSameSizeTheOldestGoesForAll() throws Exception {
        for (int i = 0; i < 6000; i++) {
            long position = append("apptail." + i / 3 % 30, 1000);
            if (i % 100 == 0) {
                retain();
            }
            noisy.add(position);
        }
        retain();

        List<Long> kept = found(false);
        assertThat(kept).isEqualTo(noisy.subList(noisy.size() - kept.size(), noisy.size()));
    }

    @Test
    void aNewStartFindsWhatWasLeft() throws Exception {
        append(300);
        List<Long> noise = found(true);
        long size = journal.sizeBytes();

        reopen();

        assertThat(found(false)).isEqualTo(quiet);
        assertThat(found(true)).isEqualTo(noise);
        assertThat(journal.sizeBytes()).isEqualTo(size);
        assertThat(journal.damagedBytes()).isZero();
    }

    @Test
    void aNewStartFindsItWithoutSummariesAndCheckpointToo() throws Exception {
        append(300);
        List<Long> noise = found(true);
        long size = journal.sizeBytes();
        journal.close();
        for (Path file : TestJournals.files(folder, ".summary")) {
            Files.delete(file);
        }
        Files.delete(folder.resolve("streams.json"));
        Files.writeString(Thinning.prepared(folder.resolve("00000000000000000000.journal")), "left by a kill");

        open();

        assertThat(found(false)).isEqualTo(quiet);
        assertThat(found(true)).isEqualTo(noise);
        assertThat(journal.sizeBytes()).isEqualTo(size);
        assertThat(journal.damagedBytes()).isZero();
        assertThat(TestJournals.files(folder, ".thinned")).isEmpty();
    }

    @Test
    void aCursorAtAnEvictedRecordMeansTheNextOneThatIsThere() throws Exception {
        append(150);
        List<Long> all = TestJournals.readFrom(journal, 0).stream()
                .map(JournalRecord::position)
                .toList();
        List<Long> evicted = new ArrayList<>(noisy);
        evicted.removeAll(all);
        assertThat(evicted).hasSizeGreaterThan(1000);

        for (int i = 0; i < evicted.size(); i += 97) {
            long cursor = evicted.get(i);
            try (JournalReader reader = journal.reader(cursor)) {
                long next = reader.next(Long.MAX_VALUE).orElseThrow().position();

                assertThat(next)
                        .isEqualTo(all.stream()
                                .filter(at -> at > cursor)
                                .findFirst()
                                .orElseThrow());
                assertThat(reader.evictedBytes())
                        .as("all between but the header of a segment")
                        .isBetween(next - cursor - Segment.HEADER_BYTES, next - cursor);
            }
        }
        assertThat(journal.damagedBytes()).isZero();
    }

    @Test
    void whoReadsASegmentMeanwhileGoesOnInTheOneThatTookItsPlace() throws Exception {
        wanted = Long.MAX_VALUE;
        append(60); // just below the limit
        wanted = 0;
        try (JournalReader reader = journal.reader(0)) {
            List<Long> read = new ArrayList<>();
            for (int i = 0; i < 15; i++) { // into the second run of noise
                read.add(reader.next(Long.MAX_VALUE).orElseThrow().position());
            }
            append(200);
            assertThat(found(true)).doesNotContain(noisy.get(15), noisy.get(16));
            for (Optional<JournalRecord> next = reader.next(Long.MAX_VALUE);
                    next.isPresent();
                    next = reader.next(Long.MAX_VALUE)) {
                read.add(next.get().position());
            }

            assertThat(read).isSorted().doesNotHaveDuplicates().containsAll(quiet);
        }
        assertThat(journal.damagedBytes()).isZero();
    }

    @Test
    @Timeout(60)
    void readersNeverTakeWhatIsEvictedUnderThemForDamage() throws Exception {
        var done = new AtomicBoolean();
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Callable<Long> reading = () -> {
                long read = 0;
                while (!done.get()) {
                    read += TestJournals.readFrom(journal, 0).size();
                }
                return read;
            };
            List<Future<Long>> readers = List.of(executor.submit(reading), executor.submit(reading));
            append(600);
            done.set(true);

            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isGreaterThan(noisy.size());
            }
            assertThat(journal.damagedBytes()).isZero();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void whatIsDamagedStaysDamaged() throws Exception {
        wanted = Long.MAX_VALUE;
        append(60);
        wanted = 0;
        Path oldest = TestJournals.files(folder, ".journal").get(0);
        byte[] bytes = Files.readAllBytes(oldest);
        bytes[(int) (long) quiet.get(0) + 100] ^= 1;
        Files.write(oldest, bytes);

        append(100);

        assertThat(journal.damagedBytes()).isZero();
        assertThat(found(false)).isEqualTo(quiet.subList(1, quiet.size()));
        assertThat(journal.damagedBytes()).isEqualTo(RecordHeader.BYTES + 300);
    }

    @Test
    void ifNothingCanBeWrittenAnewTheOldestGoes() throws Exception {
        wanted = Long.MAX_VALUE;
        append(60);
        wanted = 0;
        Path inTheWay = Thinning.prepared(TestJournals.files(folder, ".journal").get(0));
        Files.createDirectories(inTheWay.resolve("not-empty"));

        append(10);

        assertThat(journal.first()).isGreaterThan(SEGMENT_BYTES);
        Files.delete(inTheWay.resolve("not-empty"));
        Files.delete(inTheWay);
        append(100);
        List<Long> kept = found(false);
        assertThat(kept)
                .isEqualTo(quiet.subList(quiet.size() - kept.size(), quiet.size()))
                .hasSizeGreaterThan(110);
    }

    @Test
    void aShortDiskIsNotWrittenTo() throws Exception {
        wanted = Long.MAX_VALUE;
        append(60);
        wanted = 0;
        disk.usableBytes = 0;

        retain();

        assertThat(TestJournals.files(folder, ".journal")).hasSize(1);
    }

    @Test
    void aStoppedJournalWithHolesIsWholeAndCanBeRepaired() throws Exception {
        append(300);
        List<Long> noise = found(true);
        long size = journal.sizeBytes();
        journal.close();
        try (StoppedJournal stopped = StoppedJournal.open(folder)) {
            assertThat(stopped.damages()).isEmpty();
            assertThat(stopped.bytes()).isEqualTo(size);
        }
        Path oldest = TestJournals.files(folder, ".journal").get(0);
        byte[] bytes = Files.readAllBytes(oldest);
        bytes[(int) (long) quiet.get(1) + 100] ^= 1;
        Files.write(oldest, bytes); // which fills the holes

        try (StoppedJournal stopped = StoppedJournal.open(folder)) {
            new JournalRepair(stopped, stopped.damages()).run();
        }

        open();
        quiet.remove(1);
        assertThat(found(false)).isEqualTo(quiet);
        assertThat(found(true)).isEqualTo(noise);
        assertThat(journal.damagedBytes()).isZero();
        for (Path damaged : TestJournals.files(folder, ".damaged")) {
            Files.delete(damaged);
        }
        assertThat(bytesOnDisk()).as("holes of what was repaired").isLessThan(MAX_BYTES);
    }
}
