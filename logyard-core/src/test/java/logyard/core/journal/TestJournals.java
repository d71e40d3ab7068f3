package logyard.core.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import logyard.core.event.BatchBuilder;
import logyard.core.event.BatchFrame;
import logyard.core.event.StreamId;
import org.slf4j.LoggerFactory;

/** Journals and frames for tests. */
final class TestJournals {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

    private TestJournals() {}

    /** Small segments, ample room. */
    static JournalOptions options(Path folder, long segmentBytes) {
        return new JournalOptions(folder, 1L << 30, 0, segmentBytes);
    }

    static Journal open(Path folder, long segmentBytes) throws IOException {
        return Journal.open(options(folder, segmentBytes), CLOCK);
    }

    /** An event {@code <key> {…}} of exactly so many bytes, if that is enough for the key. */
    static byte[] event(String key, int bytes) {
        return (key + " {" + "x".repeat(Math.max(0, bytes - key.length() - 3)) + "}").getBytes(US_ASCII);
    }

    /** A frame of random bytes, but with a key. */
    static byte[] randomEvent(Random random, int bytes) {
        byte[] frame = new byte[Math.max(3, bytes)];
        random.nextBytes(frame);
        frame[0] = 'k';
        frame[1] = ' ';
        return frame;
    }

    /** A batch of {@code count} events of 10 positions each. */
    static BatchFrame batch(StreamId stream, long acknowledged, long from, int count) {
        return batch(stream, acknowledged, from, count, event("systail.test", 30));
    }

    /** The same of another event. */
    static BatchFrame batch(StreamId stream, long acknowledged, long from, int count, byte[] event) {
        var builder = new BatchBuilder("test", stream, from);
        for (int i = 0; i < count; i++) {
            builder.event().append(event);
            builder.endEvent(from + 10L * (i + 1));
        }
        return builder.finish().acknowledge(acknowledged);
    }

    /** Notes that the record appended last holds events of a key. */
    static void countEvents(Journal journal, String key, int count) {
        byte[] bytes = key.getBytes(US_ASCII);
        journal.countEvents(bytes, 0, bytes.length, count, 100L * count);
    }

    static StreamId stream(int number) {
        return new StreamId(number, number);
    }

    /** Everything from a position to the end of what was flushed. */
    static List<JournalRecord> readFrom(Journal journal, long position) throws IOException {
        List<JournalRecord> records = new ArrayList<>();
        try (JournalReader reader = journal.reader(position)) {
            for (Optional<JournalRecord> next = reader.next(Long.MAX_VALUE);
                    next.isPresent();
                    next = reader.next(Long.MAX_VALUE)) {
                records.add(next.get());
            }
        }
        return records;
    }

    /** What can be compared, and is short when it is printed. */
    static List<ByteBuffer> frames(List<JournalRecord> records) {
        return records.stream().map(record -> ByteBuffer.wrap(record.frame())).toList();
    }

    /** The folder as a process finds it that starts after this one was killed. */
    static Path copy(Path folder, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    /** For tests that break so much that the log would be long. */
    static void logNothing() {
        Stream.of("logyard.core.journal", "logyard.config")
                .forEach(name -> ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF));
    }

    static void logAgain() {
        Stream.of("logyard.core.journal", "logyard.config")
                .forEach(name -> ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(name)).setLevel(null));
    }
}
