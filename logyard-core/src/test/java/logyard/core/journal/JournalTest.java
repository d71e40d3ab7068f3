package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final StreamId STREAM = TestJournals.stream(1);

    private final Random random = new Random(1);

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    @Test
    void readsBackRecordsOfEverySize() throws Exception {
        int[] sizes = {
            3, 4, 100, 16_362, 16_363, 16_364, 65_535, 65_536, 1 << 20, (2 << 20) - 1, Journal.MAX_FRAME_BYTES, 5
        };
        List<byte[]> frames = new ArrayList<>();
        frames.add(new byte[] {'k'});
        for (int size : sizes) {
            frames.add(TestJournals.randomEvent(random, size));
        }

        List<ByteBuffer> expected = frames.stream().map(ByteBuffer::wrap).toList();

        try (Journal journal = TestJournals.open(folder, 100_000)) {
            for (byte[] frame : frames) {
                journal.append(frame);
            }
            journal.flush();

            assertThat(TestJournals.frames(TestJournals.readFrom(journal, 0))).isEqualTo(expected);
        }
        try (Journal again = TestJournals.open(folder, 100_000)) {
            assertThat(TestJournals.frames(TestJournals.readFrom(again, 0))).isEqualTo(expected);
        }
    }

    @Test
    void readsFromTheBeginningOfEveryRecordAcrossSegments() throws Exception {
        try (Journal journal = TestJournals.open(folder, 1000)) {
            List<Long> positions = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                positions.add(journal.append(TestJournals.randomEvent(random, random.nextInt(300))));
            }
            journal.flush();
            List<JournalRecord> all = TestJournals.readFrom(journal, 0);

            for (int i = 0; i < positions.size(); i++) {
                List<JournalRecord> rest = TestJournals.readFrom(journal, positions.get(i));
                assertThat(rest.get(0).position()).isEqualTo(positions.get(i));
                assertThat(TestJournals.frames(rest)).isEqualTo(TestJournals.frames(all.subList(i, all.size())));
            }
            assertThat(TestJournals.files(folder, ".journal")).hasSizeGreaterThan(10);
        }
    }

    @Test
    void findsWhereATimeBegins() throws Exception {
        var clock = new AtomicReference<>(Instant.ofEpochSecond(1000));
        Clock steps = new Clock() {
            @Override
            public Instant instant() {
                return clock.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        try (Journal journal = Journal.open(new JournalOptions(folder, 1 << 20, 0, 500), steps)) {
            List<Long> positions = new ArrayList<>();
            for (int second = 1000; second < 1100; second++) {
                clock.set(Instant.ofEpochSecond(second));
                positions.add(journal.append(TestJournals.randomEvent(random, 100)));
            }
            journal.sync();
            journal.seal();

            assertThat(journal.positionAt(Instant.EPOCH)).isEqualTo(positions.get(0));
            for (int i = 0; i < 100; i++) {
                assertThat(journal.positionAt(Instant.ofEpochSecond(1000 + i))).isEqualTo(positions.get(i));
                assertThat(journal.positionAt(Instant.ofEpochSecond(1000 + i, 1)))
                        .isEqualTo(i < 99 ? positions.get(i + 1) : journal.end());
            }
        }
    }

    @Test
    void aPositionWithinARecordMeansTheNextOne() throws Exception {
        TestJournals.logNothing();
        try (Journal journal = TestJournals.open(folder, 500)) {
            for (int i = 0; i < 30; i++) {
                journal.append(TestJournals.randomEvent(random, random.nextInt(100)));
            }
            journal.flush();
            List<JournalRecord> all = TestJournals.readFrom(journal, 0);

            for (long position = 0; position <= journal.flushedEnd(); position++) {
                long from = position;
                assertThat(TestJournals.frames(TestJournals.readFrom(journal, position)))
                        .as("from %d", position)
                        .isEqualTo(TestJournals.frames(all.stream()
                                .filter(record -> record.position() >= from)
                                .toList()));
            }
        } finally {
            TestJournals.logAgain();
        }
    }

    @Test
    void saysWhereTheNextRecordBegins() throws Exception {
        try (Journal journal = TestJournals.open(folder, 1000)) {
            byte[] first = TestJournals.event("k", 700);
            byte[] second = TestJournals.event("k", 300);

            long position = journal.append(first);
            long next = journal.append(second);

            assertThat(position).isEqualTo(Segment.HEADER_BYTES);
            assertThat(next).isEqualTo(position + Journal.recordBytes(first));
            assertThat(journal.end()).isEqualTo(next + Journal.recordBytes(second));
            assertThat(journal.flushedEnd()).isZero();

            journal.flush();
            assertThat(journal.flushedEnd()).isEqualTo(journal.end());
            assertThat(journal.syncedEnd()).isZero();

            journal.sync();
            assertThat(journal.syncedEnd()).isEqualTo(journal.end());
            assertThat(journal.sizeBytes()).isEqualTo(journal.end());
        }
    }

    @Test
    void showsNothingThatIsNotFlushed() throws Exception {
        try (Journal journal = TestJournals.open(folder, 1000)) {
            journal.append(TestJournals.event("k", 10));

            assertThat(TestJournals.readFrom(journal, 0)).isEmpty();
        }
    }

    @Test
    void refusesFramesThatCouldNotBeReadBack() throws Exception {
        try (Journal journal = TestJournals.open(folder, 1000)) {
            assertThatThrownBy(() -> journal.append(new byte[0])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> journal.append(new byte[Journal.MAX_FRAME_BYTES + 1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2097152");

            assertThat(journal.end()).isEqualTo(Segment.HEADER_BYTES);
        }
    }

    @Test
    void goesOnWhereItEnded() throws Exception {
        long end;
        try (Journal journal = TestJournals.open(folder, 1000)) {
            journal.append(TestJournals.event("k", 100));
            end = journal.end();
        }

        try (Journal again = TestJournals.open(folder, 1000)) {
            assertThat(again.recoveredEnd()).isEqualTo(end);
            assertThat(again.flushedEnd()).isEqualTo(end);
            assertThat(again.syncedEnd()).isEqualTo(end);
            assertThat(again.append(TestJournals.event("k", 100))).isEqualTo(end);
            assertThat(again.recoveredEnd()).isEqualTo(end);
        }
    }

    @Test
    void recoversWhereTheStreamsStand() throws Exception {
        try (Journal journal = TestJournals.open(folder, 1000)) {
            for (int i = 0; i < 50; i++) {
                StreamId stream = TestJournals.stream(i % 3);
                long from = journal.positions().expected(stream).orElse(0);
                journal.append(TestJournals.batch(stream, from, from, 2).bytes());
                journal.positions().advance("test", stream, from + 20);
            }
        }

        try (Journal again = TestJournals.open(folder, 1000)) {
            assertThat(again.positions().expected(TestJournals.stream(0))).hasValue(17 * 20);
            assertThat(again.positions().expected(TestJournals.stream(1))).hasValue(17 * 20);
            assertThat(again.positions().expected(TestJournals.stream(2))).hasValue(16 * 20);
            assertThat(again.positions().expected(TestJournals.stream(3))).isEmpty();
        }
    }

    @Test
    void isUsedByOneProcessAtATime() throws Exception {
        try (Journal journal = TestJournals.open(folder, 1000)) {
            assertThatThrownBy(() -> TestJournals.open(folder, 1000))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use")
                    .hasMessageContaining(folder.toString());
            journal.append(TestJournals.event("k", 100));
        }

        TestJournals.open(folder, 1000).close();
    }

    @Test
    void keepsItsFilesFromOtherUsers() throws Exception {
        try (Journal journal = TestJournals.open(folder, 100)) {
            for (int i = 0; i < 5; i++) {
                journal.append(TestJournals.event("k", 100));
            }
        }

        assertThat(TestJournals.files(folder, ""))
                .hasSizeGreaterThan(8)
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
    }

    @Test
    void tellsWhatIsInACompleteSegment() throws Exception {
        var clock = new SettableClock(Instant.parse("2026-11-22T10:00:00Z"));
        try (Journal journal = Journal.open(TestJournals.options(folder, 300), clock)) {
            long position = journal.append(TestJournals.event("systail.dea", 100));
            TestJournals.countEvents(journal, "systail.dea", 1);
            clock.now = Instant.parse("2026-11-22T09:00:00Z"); // set back
            journal.append(TestJournals.batch(STREAM, 0, 0, 3).bytes());
            TestJournals.countEvents(journal, "systail.test", 2);
            TestJournals.countEvents(journal, "systail.test", 1);
            clock.now = Instant.parse("2026-11-22T11:00:00Z");
            long next = journal.append(TestJournals.event("k", 10));
            journal.sync();
            boolean sealed = journal.seal();

            assertThat(sealed).isTrue();
            assertThat(journal.seal()).isFalse();
            assertThat(journal.summary(position)).hasValueSatisfying(summary -> {
                assertThat(summary.base()).isZero();
                assertThat(summary.end()).isEqualTo(journal.activeSegment());
                assertThat(summary.firstTimeNanos()).isEqualTo(1_795_338_000_000_000_000L);
                assertThat(summary.lastTimeNanos()).isEqualTo(1_795_341_600_000_000_000L);
                assertThat(summary.keys()).contains(Map.of("systail.dea", 1L, "systail.test", 3L));
            });
            assertThat(journal.summary(next)).isEmpty();
            assertThat(TestJournals.readFrom(journal, next).get(0).timeNanos()).isEqualTo(1_795_345_200_000_000_000L);
        }
    }

    @Test
    void recoveryCountsTheKeysOfTheActiveSegment() throws Exception {
        try (Journal journal = TestJournals.open(folder, 300)) {
            journal.append(TestJournals.event("systail.dea", 100));
            journal.append(TestJournals.batch(STREAM, 0, 0, 3).bytes());
        }

        try (Journal again = TestJournals.open(folder, 300)) {
            again.append(TestJournals.event("k", 10));
            again.sync();
            boolean sealed = again.seal();

            assertThat(sealed).isTrue();
            assertThat(again.summary(20).orElseThrow().keys()).contains(Map.of("systail.dea", 1L, "systail.test", 3L));
        }
    }

    @Test
    void givesUpCountingKeysThatAreInvented() throws Exception {
        try (Journal journal = TestJournals.open(folder, 300)) {
            journal.append(TestJournals.event("k", 300));
            for (int i = 0; i < 100_000; i++) {
                TestJournals.countEvents(journal, "invented." + i, 1);
            }
            journal.append(TestJournals.event("k", 300));
            journal.sync();
            boolean sealed = journal.seal();

            assertThat(sealed).isTrue();
            assertThat(journal.summary(20).orElseThrow().keys()).isEmpty();
            assertThat(TestJournals.files(folder, ".summary"))
                    .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(1000));
        }
    }

    @Test
    void firstIsTheOldestRecordThatIsKept() throws Exception {
        try (Journal journal = TestJournals.open(folder, 300)) {
            assertThat(journal.first()).isEqualTo(journal.end());

            long position = journal.append(TestJournals.event("k", 10));

            assertThat(journal.first()).isEqualTo(position);
        }
    }

    private static final class SettableClock extends Clock {
        private Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
