package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding the next record behind damage takes a time that grows with the damage, whatever clients had written there. */
class HostileContentTest {
    private static final int BYTES = 64 << 20;
    private static final int CHECK = RecordHeader.BYTES - Integer.BYTES;
    private static final Duration BOUND = Duration.ofSeconds(60); // it takes less than one

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    @BeforeEach
    void logNothing() {
        TestJournals.logNothing();
    }

    @AfterEach
    void logAgain() {
        TestJournals.logAgain();
    }

    /** Patterns in which every second, or every thirteenth, position has a plausible length and kind. */
    @ParameterizedTest
    @ValueSource(strings = {"00", "0002", "001f0102ff0201ff0201ff0201"})
    void aSegmentOfPlausibleLengthsIsPassedOverQuickly(String pattern) throws Exception {
        byte[] repeated = HexFormat.of().parseHex(pattern);
        byte[] content = new byte[BYTES];
        for (int i = 0; i < content.length; i++) {
            content[i] = repeated[i % repeated.length];
        }

        assertReadsWhatIsBehind(content);
    }

    /**
     * A client that knows at which position its bytes will lie, and forges headers for it, hides what is behind them as far
     * as they reach, if something before them is damaged; it cannot make reading slow.
     */
    @Test
    void aSegmentOfForgedHeadersIsPassedOverQuickly() throws Exception {
        ByteBuffer content = ByteBuffer.allocate(BYTES);
        byte[] longest = new RecordHeader().of(0, 0, false, new byte[RecordHeader.MAX_PAYLOAD_BYTES]);
        int longestRecord = RecordHeader.BYTES + RecordHeader.MAX_PAYLOAD_BYTES;
        int checkAtZero = ByteBuffer.wrap(longest).getInt(CHECK);
        while (content.remaining() > 2 * longestRecord) {
            long position = Segment.HEADER_BYTES + 1L + content.position();
            content.put(longest, 0, CHECK).putInt(checkAtZero ^ Long.hashCode(position));
        }

        assertReadsWhatIsBehind(content.array());
    }

    private void assertReadsWhatIsBehind(byte[] content) throws Exception {
        Segment segment = Segment.at(folder, 0);
        long position = Segment.HEADER_BYTES + 1L + content.length;
        byte[] payload = TestJournals.event("k", 10);
        ByteBuffer file = ByteBuffer.allocate((int) position + RecordHeader.BYTES + payload.length);
        file.put(segment.header()).put((byte) 0).put(content);
        file.put(new RecordHeader().of(position, 0, false, payload)).put(payload);
        Files.write(segment.file(), file.array());

        assertTimeout(BOUND, () -> {
            try (Journal journal = TestJournals.open(folder, 1 << 20)) {
                assertThat(journal.damagedBytes()).isEqualTo(content.length + 1);
                assertThat(TestJournals.readFrom(journal, 0))
                        .extracting(JournalRecord::position)
                        .containsExactly(position);
            }
        });
    }
}
