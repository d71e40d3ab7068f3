package logyard.core.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
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
        journal.unread(() -> List.of(new Unread(wanted, List.of())));
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
    void nobodyIsLeftWithLessThanASixteenth() throws Exception {
        wanted = Long.MAX_VALUE;
        for (int app = 0; app < 7; app++) { // one after the other
            for (int sum = 0; sum < 500_000; sum += 1021) {
                append("apptail." + app, 1000);
            }
        }
        wanted = 0;
        for (int i = 0; i < 2000; i++) {
            noisy.add(append("systail.x", 1000));
            if (i % 100 == 0) {
                retain();
            }
        }
        Map<String, Long> kept = TestJournals.readFrom(journal, 0).stream()
                .map(record -> new String(record.frame(), US_ASCII))
                .filter(event -> event.startsWith("apptail."))
                .collect(Collectors.groupingBy(event -> event.substring(0, 9), Collectors.counting()));

        assertThat(kept).hasSize(7);
        assertThat(kept.values()).allSatisfy(count -> assertThat(count * 1000).isGreaterThan(MAX_BYTES / 16 - 10_000));
        assertThat(found(false)).contains(noisy.get(0));
    }

    @Test
    void whoHasMostAmongLinesOfOthersMakesNobodyElsePay() throws Exception {
        wanted = Long.MAX_VALUE;
        for (int i = 0; i < 150; i++) { // too close for holes
            for (int line = 0; line < 4; line++) {
                append("apptail.most", NOISE_BYTES);
            }
            append("systail.x", 300);
        }
        List<Long> less = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            less.add(append("apptail.less", NOISE_BYTES));
        }
        wanted = 0;
        for (int i = 0; i < 400; i++) {
            append("systail.x", NOISE_BYTES);
            if (i % 20 == 0) {
                retain();
            }
        }

        assertThat(found(false)).containsAll(less);
    }

    @Test
    void aKeyThatIsNoTextChangesNothing() throws Exception {
        for (int i = 0; i < 75; i++) {
            append(4);
            byte[] event = TestJournals.event("k?", 30);
            event[1] = (byte) 0xff;
            journal.append(event);
            journal.countEvents(event, 0, 2, 1, event.length);
        }

        assertThat(found(false)).containsAll(quiet);
    }

    @Test
    void aFileThatCannotBeReadBackDoesNotTakeThePlace() throws Exception {
        wanted = Long.MAX_VALUE;
        append(60);
        wanted = 0;
        disk.beforeForce = () -> overwrite(".thinned");
        append(20);
        disk.beforeForce = () -> {};

        assertThat(TestJournals.readFrom(journal, 0)).isNotEmpty();
        assertThat(journal.damagedBytes()).isZero();
        assertThat(TestJournals.files(folder, ".thinned")).isEmpty();
    }

    /** With zeros, but for the beginning. */
    private void overwrite(String suffix) {
        try {
            for (Path file : TestJournals.files(folder, suffix)) {
                byte[] bytes = Files.readAllBytes(file);
                Arrays.fill(bytes, 5000, bytes.length, (byte) 0);
                Files.write(file, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void holesAreKnownAlsoIfASummaryIsOfTheTimeBefore() throws Exception {
        wanted = Long.MAX_VALUE;
        append(60);
        Map<Path, byte[]> before = new HashMap<>();
        for (Path file : TestJournals.files(folder, ".summary")) {
            before.put(file, Files.readAllBytes(file));
        }
        wanted = 0;
        append(60);
        List<Long> all = found(true);
        journal.close();
        for (Map.Entry<Path, byte[]> summary : before.entrySet()) {
            Files.write(summary.getKey(), summary.getValue());
        }

        open();

        assertThat(all).doesNotContain(noisy.get(25));
        try (JournalReader reader = journal.reader(noisy.get(25))) {
            assertThat(reader.next(Long.MAX_VALUE)).isPresent();
        }
        assertThat(found(true)).isEqualTo(all);
        assertThat(journal.damagedBytes()).isZero();
        assertThat(journal.keptSince()).as("not all is there that ever came").isPresent();
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
    void aSegmentThatCannotBeWrittenAnewIsLeft() throws Exception {
        wanted = Long.MAX_VALUE;
        append(60);
        wanted = 0;
        Path inTheWay = Thinning.prepared(TestJournals.files(folder, ".journal").get(0));
        Files.createDirectories(inTheWay.resolve("not-empty"));

        append(60);

        assertThat(found(false)).isEqualTo(quiet);
        assertThat(found(true)).startsWith(noisy.get(0), noisy.get(1)).hasSizeBetween(700, 1400);
        Files.delete(inTheWay.resolve("not-empty"));
        Files.delete(inTheWay);
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
        assertThat(bytesOnDisk()).as("holes of what was repaired").isLessThan(MAX_BYTES + SEGMENT_BYTES);
    }
}
