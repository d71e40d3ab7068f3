package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import logyard.core.event.BatchFrame;
import logyard.core.event.Batches;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.Test;

class UnacknowledgedTest {
    private static final StreamId A = new StreamId(0, 0xA);
    private static final StreamId B = new StreamId(0, 0xB);
    private static final Duration TOO_LONG = Unacknowledged.PATIENCE.plusNanos(1);

    private final FakeTime time = new FakeTime();
    private final Unacknowledged unacknowledged = new Unacknowledged(time);

    private void add(StreamId stream, long... ends) {
        for (int i = 0; i + 1 < ends.length; i++) {
            unacknowledged.add(Batches.counting("tail", stream, ends[i], Math.toIntExact(ends[i + 1] - ends[i]))
                    .acknowledge(0));
        }
    }

    /** All that can be sent now, as {@code A0 A10}. */
    private String send() {
        List<String> sent = new ArrayList<>();
        for (Optional<BatchFrame> next = unacknowledged.next(); next.isPresent(); next = unacknowledged.next()) {
            sent.add((next.get().stream().equals(A) ? "A" : "B") + next.get().from());
        }
        return String.join(" ", sent);
    }

    @Test
    void sendsEachBatchOnceAndInOrder() {
        add(A, 0, 10, 20);
        add(B, 0, 10);

        assertThat(send()).isEqualTo("A0 A10 B0");
        assertThat(send()).isEmpty();
        assertThat(unacknowledged.resent()).isZero();
    }

    @Test
    void forgetsWhatIsStoredWhereverItIs() {
        add(A, 0, 10);
        add(B, 0, 10);
        add(A, 10, 20, 30);
        send();

        assertThat(unacknowledged.acknowledge(Map.of(B, 10L))).isEqualTo(size(B, 0));
        assertThat(unacknowledged.acknowledge(Map.of(A, 25L))).isEqualTo(size(A, 0) + size(A, 10));
        assertThat(unacknowledged.acknowledge(Map.of(A, 25L))).isZero();
        assertThat(unacknowledged.isEmpty()).isFalse();
        unacknowledged.acknowledge(Map.of(A, 30L));

        assertThat(unacknowledged.isEmpty()).isTrue();
    }

    private static long size(StreamId stream, long from) {
        return Batches.counting("tail", stream, from, 10).bytes().length;
    }

    @Test
    void sendsAllAgainToAnotherCore() {
        add(A, 0, 10, 20);
        send();

        unacknowledged.goBack();

        assertThat(send()).isEqualTo("A0 A10");
        assertThat(unacknowledged.resent()).isEqualTo(2);
    }

    @Test
    void sendsOnlyTheFirstAgainToACoreThatIsQuiet() {
        add(A, 0, 10, 20, 30);
        send();
        time.pass(Unacknowledged.PATIENCE);
        unacknowledged.goBackIfQuiet();
        assertThat(send()).isEmpty();
        time.pass(Duration.ofNanos(1));

        unacknowledged.goBackIfQuiet();

        assertThat(send()).isEqualTo("A0");
        assertThat(send()).isEmpty();
        unacknowledged.acknowledge(Map.of(A, 10L));
        assertThat(send()).isEqualTo("A10 A20");
        assertThat(unacknowledged.resent()).isEqualTo(3);
    }

    @Test
    void triesAQuietCoreOnceASecond() {
        add(A, 0, 10, 20);
        send();
        for (int i = 0; i < 1000; i++) {
            time.pass(TOO_LONG.dividedBy(2));
            unacknowledged.goBackIfQuiet();
            send();
        }

        assertThat(unacknowledged.resent()).isBetween(333L, 500L);
    }

    @Test
    void isNotQuietWhileItAcknowledges() {
        add(A, 0, 10, 20, 30);
        send();
        for (long position : new long[] {10, 20}) {
            time.pass(Duration.ofMillis(900));
            unacknowledged.acknowledge(Map.of(A, position));
            unacknowledged.goBackIfQuiet();
        }

        assertThat(send()).isEmpty();
    }

    @Test
    void doesNotCountTheTimeWithoutAnythingOnTheWay() {
        add(A, 0, 10);
        time.pass(Duration.ofHours(1));
        unacknowledged.goBackIfQuiet();
        send();
        unacknowledged.goBackIfQuiet();

        assertThat(send()).isEmpty();
    }

    @Test
    void goesBackToWhatIsMissing() {
        add(A, 0, 10, 20);
        add(B, 0, 10);
        add(A, 20, 30);
        send();

        unacknowledged.goBack(A, 10);

        assertThat(send()).as("A0 is on its way still").isEmpty();
        unacknowledged.acknowledge(Map.of(A, 10L));
        assertThat(send()).isEqualTo("A10 B0 A20");
    }

    @Test
    void sendsOneBatchUntilTheGapIsFilled() {
        add(A, 0, 10, 20, 30);
        send();

        unacknowledged.goBack(A, 0);
        unacknowledged.goBack(A, 0);

        assertThat(send()).isEqualTo("A0");
        unacknowledged.goBack(A, 0);
        assertThat(send())
                .as("asked again: not at once, or both would never stop")
                .isEmpty();
    }

    @Test
    void ignoresAQuestionForWhatItDoesNotHave() {
        add(A, 0, 10);
        send();

        unacknowledged.goBack(A, 10);
        unacknowledged.goBack(B, 0);

        assertThat(send()).isEmpty();
    }

    @Test
    void saysWhatIsSafeWhenItSendsAgain() {
        add(A, 0, 10, 20, 30);
        send();
        unacknowledged.acknowledge(Map.of(A, 10L));
        unacknowledged.goBack();

        assertThat(unacknowledged.next().orElseThrow().acknowledged()).isEqualTo(10);
        assertThat(unacknowledged.next().orElseThrow().acknowledged()).isEqualTo(10);
    }

    @Test
    void saysMoreWhenMoreIsSafeTheNextTime() {
        add(A, 0, 10, 20, 30);
        send();
        unacknowledged.acknowledge(Map.of(A, 10L));
        unacknowledged.goBack();
        send();
        unacknowledged.acknowledge(Map.of(A, 20L));
        unacknowledged.goBack();

        assertThat(unacknowledged.next().orElseThrow().acknowledged()).isEqualTo(20);
    }

    @Test
    void forgetsWhatWasStoredBeforeItIsSentAgain() {
        add(A, 0, 10, 20, 30);
        send();
        unacknowledged.goBack();
        unacknowledged.acknowledge(Map.of(A, 20L));

        assertThat(send()).isEqualTo("A20");
        assertThat(unacknowledged.resent()).isEqualTo(1);
    }
}
