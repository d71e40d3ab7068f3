package logyard.kato.log.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import logyard.kato.log.stream.LineReader.LineTooLongException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
    private static final int SHARED = 8 << 20;

    private final Semaphore memory = new Semaphore(SHARED);

    private LineReader reader(String text) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), memory);
    }

    private static List<String> all(LineReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        while (true) {
            try {
                Optional<String> line = reader.next();
                if (line.isEmpty()) {
                    return lines;
                }
                lines.add(line.get());
            } catch (LineTooLongException e) {
                lines.add("(too long)");
            }
        }
    }

    @Test
    void cutsAtLineFeedsOnly() throws Exception {
        assertThat(all(reader("a\n\nb c\r\né世\nunfinished"))).containsExactly("a", "", "b c\r", "é世");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                LineReader.OWN_BYTES - 1,
                LineReader.OWN_BYTES,
                LineReader.OWN_BYTES + 1,
                1 << 20,
                LineReader.MAX_BYTES - 1
            })
    void readsLongLinesAndGivesTheirMemoryBack(int length) throws Exception {
        String line = "x".repeat(length);

        var reader = reader(line + "\nshort\n");

        assertThat(all(reader)).containsExactly(line, "short");
        assertThat(memory.availablePermits()).isEqualTo(SHARED);
    }

    @Test
    void forgetsALineThatIsTooLongAndReadsTheNextOne() throws Exception {
        var reader = reader("before\n" + "x".repeat(3 * LineReader.MAX_BYTES) + "\nafter\n");

        assertThat(all(reader)).containsExactly("before", "(too long)", "after");
    }

    @Test
    void forgetsALineForWhichOthersLeftNoMemory() throws Exception {
        memory.drainPermits();

        assertThat(all(reader("x".repeat(LineReader.OWN_BYTES + 1) + "\nafter\n")))
                .containsExactly("(too long)", "after");
    }

    @Test
    void givesTheMemoryOfAnUnfinishedLineBackWhenClosed() throws Exception {
        try (var reader = reader("x".repeat(1 << 20))) {
            assertThat(reader.next()).isEmpty();
            assertThat(memory.availablePermits()).isLessThan(SHARED);
        }

        assertThat(memory.availablePermits()).isEqualTo(SHARED);
    }

    @Test
    void passesOnThatTheConnectionBroke() throws Exception {
        var closed = InputStream.nullInputStream();
        closed.close();

        assertThatThrownBy(new LineReader(closed, memory)::next).isInstanceOf(IOException.class);
    }

    @Test
    void readsTheSameHoweverTheBytesArrive() throws Exception {
        var random = new Random(4711);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.add("x".repeat(random.nextInt(20_000)));
        }
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(UTF_8);

        var dripping = new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(3000)));
            }
        };

        assertThat(all(new LineReader(dripping, memory))).isEqualTo(lines);
    }
}
