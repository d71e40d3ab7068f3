package logyard.apptail.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Answers of {@code /containers/<id>/logs}, however they are cut, and what a broken off reading goes on with. */
class ContainerLogTest {
    private final List<String> pieces = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();

    private ContainerLog log(Checkpoint from, boolean terminal) {
        return log(from, 1, terminal);
    }

    private ContainerLog log(Checkpoint from, int stream, boolean terminal) {
        return new ContainerLog(from, stream, terminal, 10, new Recorded());
    }

    private static byte[] frame(int stream, String text) {
        return StubDocker.frame(stream, text.getBytes(UTF_8));
    }

    private static String at(int second, String text) {
        return String.format("2013-04-18T10:15:%02d.000000000Z %s", second, text);
    }

    private static byte[] all(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static void take(ContainerLog log, byte[] bytes) throws IOException {
        log.take(Unpooled.wrappedBuffer(bytes));
    }

    private static byte[] example() {
        return all(
                frame(1, at(1, "one\n")),
                frame(2, at(1, "fault\r\n")),
                frame(0, "stdin is of no interest"),
                frame(1, at(2, "0123456789")),
                frame(2, at(3, "\n")),
                frame(1, at(2, "abc\n")),
                frame(1, ""),
                frame(1, at(4, "two\n") + at(4, "three\n")),
                frame(1, "no time\n"),
                frame(1, at(5, "ünï\n")));
    }

    @Test
    void itDoesNotMatterHowAnAnswerIsCut() throws IOException {
        take(log(Checkpoint.beginning(), false), example());
        List<String> whole = List.copyOf(pieces);
        assertThat(whole).containsExactly("one", "0123456789", "abc", "two", "three", "no time", "ünï");
        pieces.clear();
        take(log(Checkpoint.beginning(), 2, false), example());
        assertThat(pieces).containsExactly("fault", "");
        var random = new Random(1);

        for (int i = 0; i < 200; i++) {
            pieces.clear();
            ContainerLog log = log(Checkpoint.beginning(), false);
            byte[] bytes = example();
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + 1 + random.nextInt(i + 1));
                log.take(Unpooled.wrappedBuffer(bytes, from, to - from));
                from = to;
            }
            assertThat(pieces).isEqualTo(whole);
        }
    }

    @Test
    void aReadingThatWasBrokenOffAnywhereGoesOnWithTheRest() throws IOException {
        Checkpoint beginning = Checkpoint.beginning();
        ContainerLog undisturbed = log(beginning, false);
        take(undisturbed, example());
        List<String> whole = List.copyOf(pieces);
        List<Long> wholePositions = List.copyOf(positions);

        for (int cut = 0; cut <= example().length; cut++) {
            ContainerLog broken = log(beginning, false);
            broken.take(Unpooled.wrappedBuffer(example(), 0, cut));
            Checkpoint reached = broken.complete();
            pieces.clear();
            positions.clear();
            ContainerLog rest = log(reached, false);
            take(rest, example());

            int before = (int) (reached.position() / 4);
            assertThat(pieces).as("cut at %s", cut).isEqualTo(whole.subList(before, whole.size()));
            assertThat(positions).isEqualTo(wholePositions.subList(before, whole.size()));
            assertThat(rest.isMissingSome()).isFalse();
            assertThat(rest.complete()).isEqualTo(undisturbed.complete());
        }
    }

    @Test
    void aLogThatGoesOnLaterThanItWasReadToMissesSome() throws IOException {
        var reached = new Checkpoint(UUID.randomUUID(), 8, "2013-04-18T10:15:02Z", 1);

        ContainerLog log = log(reached, false);
        take(log, frame(1, at(3, "x\n")));

        assertThat(log.isMissingSome()).isTrue();
        assertThat(pieces).isEmpty();
        assertThat(log.complete()).isEqualTo(reached);
    }

    @Test
    void aTimeThatGoesBackIsNoReasonToLoseALine() throws IOException {
        ContainerLog log = log(Checkpoint.beginning(), false);
        take(log, all(frame(1, at(9, "a\n")), frame(1, at(3, "b\n"))));

        ContainerLog rest = log(log.complete(), false);
        take(rest, all(frame(1, at(3, "b\n")), frame(1, at(2, "c\n"))));

        assertThat(pieces).containsExactly("a", "b", "c");
    }

    @Test
    void aTerminalGivesLinesWithoutFrames() throws IOException {
        ContainerLog log = log(Checkpoint.beginning(), true);
        take(log, (at(1, "a\r\n") + at(1, "b\r\n") + at(2, "c")).getBytes(UTF_8));
        assertThat(pieces).containsExactly("a", "b");

        log.finish();

        assertThat(pieces).containsExactly("a", "b", "c");
    }

    @Test
    void aFrameWithoutEndIsCutIntoPieces() throws IOException {
        ContainerLog log = log(Checkpoint.beginning(), false);
        take(log, new byte[] {1, 0, 0, 0, -1, -1, -1, -1});
        for (int i = 0; i < 10_000; i++) {
            take(log, "0123456789".getBytes(UTF_8));
        }

        assertThat(pieces).hasSize(9999).allMatch("0123456789"::equals);
    }

    @Test
    void manyPartsThatLookLikeTimesFitIn() throws IOException {
        ContainerLog log = log(Checkpoint.beginning(), false);
        take(log, frame(1, at(1, "x")));
        for (int i = 0; i < 10_000; i++) {
            take(log, frame(1, "2013-04-18T10:15:02.000000000ZZZZZZZZZZZZ"));
        }

        assertThat(pieces).hasSizeGreaterThan(40_000);
    }

    @Test
    void whatIsNoFrameIsRefused() {
        assertThatThrownBy(() -> take(log(Checkpoint.beginning(), false), "HTTP/1.1".getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unknown beginning");
    }

    private final class Recorded implements ContainerOutput {
        @Override
        public void piece(byte[] bytes, int offset, int length, int taken, boolean last, long position) {
            pieces.add(new String(bytes, offset, length, UTF_8));
            positions.add(position);
        }

        @Override
        public void startAt(UUID stream, long position) {}

        @Override
        public void flush() {}

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public void warn(String text) {}

        @Override
        public void left() {}
    }
}
