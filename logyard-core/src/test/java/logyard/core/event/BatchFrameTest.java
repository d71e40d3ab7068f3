package logyard.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchFrameTest {
    private static final StreamId STREAM = new StreamId(0x0102030405060708L, -2);

    @Test
    void isLaidOutAsDocumented() {
        var builder = new BatchBuilder("tail", STREAM, 256);
        builder.event().append("a.b {}");
        builder.endEvent(266);
        builder.event().append("c 1");
        builder.endEvent(267);

        byte[] frame = builder.finish().bytes();

        assertThat(HexFormat.of().formatHex(frame))
                .isEqualTo("01" + "01" + "04" + hex("tail") + "0102030405060708fffffffffffffffe"
                        + "0000000000000100" + "0000000000000100" + "00000002"
                        + "0000000a" + "00000006" + hex("a.b {}")
                        + "00000001" + "00000003" + hex("c 1"));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        BatchFrame written = Batches.counting("systail", STREAM, 1000, 3);

        BatchFrame read = BatchFrame.parse(written.bytes());

        assertThat(read.client()).isEqualTo("systail");
        assertThat(read.stream()).isEqualTo(STREAM);
        assertThat(read.acknowledged()).isEqualTo(1000);
        assertThat(read.from()).isEqualTo(1000);
        assertThat(read.end()).isEqualTo(1003).isEqualTo(written.end());
        assertThat(read.count()).isEqualTo(3).isEqualTo(written.count());
        assertThat(Batches.events(read.bytes()))
                .containsExactly(Batches.event(STREAM, 1001), Batches.event(STREAM, 1002), Batches.event(STREAM, 1003));
    }

    @Test
    void leavesOutTheEventsThatEndAtOrBeforeAPosition() throws Exception {
        var builder = new BatchBuilder("tail", STREAM, 0);
        for (int position : new int[] {10, 25, 30}) {
            builder.event().append("k e" + position);
            builder.endEvent(position);
        }
        BatchFrame batch = builder.finish();

        assertThat(batch.after(-1)).isSameAs(batch);
        assertThat(batch.after(9)).isSameAs(batch);
        assertThat(eventsAfter(batch, 10, 10)).containsExactly("k e25", "k e30");
        assertThat(eventsAfter(batch, 24, 10)).containsExactly("k e25", "k e30");
        assertThat(eventsAfter(batch, 25, 25)).containsExactly("k e30");
        assertThat(eventsAfter(batch, 29, 25)).containsExactly("k e30");
    }

    private static List<String> eventsAfter(BatchFrame batch, long position, long from) throws Exception {
        BatchFrame rest = BatchFrame.parse(batch.after(position).bytes());
        assertThat(rest.from()).isEqualTo(from);
        assertThat(rest.end()).isEqualTo(batch.end());
        assertThat(rest.acknowledged()).isEqualTo(batch.acknowledged());
        return Batches.events(rest.bytes());
    }

    @Test
    void saysWhatIsAcknowledgedInACopy() throws Exception {
        BatchFrame batch = Batches.counting("tail", STREAM, 7, 2);

        BatchFrame copy = BatchFrame.parse(batch.acknowledge(5).bytes());

        assertThat(copy.acknowledged()).isEqualTo(5);
        assertThat(batch.acknowledged()).isEqualTo(7);
        assertThat(Batches.events(copy.bytes())).isEqualTo(Batches.events(batch.bytes()));
    }

    @Test
    void refusesWhateverIsCutShort() {
        byte[] frame = Batches.counting("tail", STREAM, 7, 3).bytes();

        for (int length = 0; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThatThrownBy(() -> BatchFrame.parse(cut))
                    .as("cut to %d of %d bytes", length, frame.length)
                    .isInstanceOf(MalformedFrameException.class);
        }
    }

    @Test
    void refusesBytesBehindTheLastEvent() {
        byte[] frame = Batches.counting("tail", STREAM, 7, 3).bytes();

        assertThatThrownBy(() -> BatchFrame.parse(Arrays.copyOf(frame, frame.length + 1)))
                .hasMessage("batch with 1 bytes behind its last event");
    }

    @Test
    void understandsOrRefusesWhateverOneByteMakesOfIt() {
        byte[] frame = Batches.counting("tail", STREAM, 7, 3).bytes();

        for (int i = 0; i < frame.length; i++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = frame.clone();
                changed[i] = (byte) value;
                understandOrRefuse(changed);
            }
        }
    }

    @Test
    void understandsOrRefusesAnyBytes() {
        var random = new Random(1);
        byte[] frame = Batches.counting("tail", STREAM, 7, 3).bytes();

        for (int i = 0; i < 200_000; i++) {
            byte[] changed = Arrays.copyOf(frame, random.nextInt(frame.length + 10));
            for (int flips = random.nextInt(6); flips > 0 && changed.length > 2; flips--) {
                changed[2 + random.nextInt(changed.length - 2)] = (byte) random.nextInt();
            }
            understandOrRefuse(changed);
        }
    }

    /** Nothing but a {@link MalformedFrameException} comes out, or a frame all of which can be used. */
    private static void understandOrRefuse(byte[] bytes) {
        BatchFrame batch;
        try {
            batch = BatchFrame.parse(bytes);
        } catch (MalformedFrameException e) {
            return;
        }
        assertThat(batch.client()).matches("[!-~]{1,64}");
        assertThat(batch.from()).isBetween(batch.acknowledged(), batch.end() - batch.count());
        assertThat(Batches.events(bytes)).hasSize(batch.count()).allMatch(event -> event.indexOf(' ') > 0);
        for (long position : new long[] {batch.from(), batch.from() + 1, batch.end() - 1}) {
            BatchFrame rest = batch.after(position);
            assertThat(rest.count()).isBetween(1, batch.count());
            assertThat(Batches.events(rest.bytes())).hasSize(rest.count());
        }
    }

    @Test
    void refusesOtherVersions() {
        byte[] frame = Batches.counting("tail", STREAM, 7, 3).bytes();
        frame[1] = 2;

        assertThatThrownBy(() -> BatchFrame.parse(frame)).hasMessage("batch version 2, but only 1 is known");
    }

    @Test
    void refusesPositionsThatOverflow() {
        byte[] frame = Batches.counting("tail", STREAM, 7, 3).bytes();
        ByteBuilder.setLong(frame, 3 + 4 + 16 + 8, Long.MAX_VALUE - 2);

        assertThatThrownBy(() -> BatchFrame.parse(frame)).hasMessage("batch that ends behind any position");
    }

    @Test
    void refusesEventsThatDoNotAdvance() {
        byte[] frame = Batches.counting("tail", STREAM, 7, 1).bytes();
        ByteBuilder.setLong(frame, 3 + 4 + 16 + 8 + 8 + 4, 0); // advance and length

        assertThatThrownBy(() -> BatchFrame.parse(frame)).hasMessage("batch event 0 that advances by 0");
    }

    @Test
    void refusesNamesThatAreNoWord() {
        byte[] frame = Batches.counting("ab", STREAM, 7, 1).bytes();
        frame[4] = ' ';

        assertThatThrownBy(() -> BatchFrame.parse(frame)).hasMessage("batch without a proper client name");
    }

    @Test
    void cannotBeMistakenForAnEvent() {
        assertThat(BatchFrame.isBatch(Batches.counting("tail", STREAM, 0, 1).bytes()))
                .isTrue();
        assertThat(BatchFrame.isBatch("a b".getBytes(UTF_8))).isFalse();
        assertThat(BatchFrame.isBatch(new byte[0])).isFalse();
        assertThat(new Message().pointAt(new byte[] {BatchFrame.MARK, ' ', 'x'}, 0, 3))
                .isFalse();
    }
}
