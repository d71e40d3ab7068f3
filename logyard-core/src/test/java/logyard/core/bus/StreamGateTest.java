package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import logyard.core.event.BatchFrame;
import logyard.core.event.Batches;
import logyard.core.event.StreamId;
import logyard.core.event.StreamPositions;
import org.junit.jupiter.api.Test;

class StreamGateTest {
    private static final StreamId A = new StreamId(0, 0xA);
    private static final StreamId B = new StreamId(0, 0xB);

    private final StreamPositions positions = new StreamPositions();
    private final FakeTime time = new FakeTime();
    private final List<String> answers = new ArrayList<>();
    private final IngestCounters counters = new IngestCounters();
    private final StreamGate gate = new StreamGate(
            positions,
            new StreamGate.Answers() {
                @Override
                public void known(String client, StreamId stream, long position) {
                    answers.add(client + " known " + (stream.equals(A) ? "A" : "B") + position);
                }

                @Override
                public void resend(String client, StreamId stream, long position) {
                    answers.add(client + " resend " + (stream.equals(A) ? "A" : "B") + position);
                }
            },
            counters,
            time);

    /** What passes of a batch, as {@code from-end}; empty if nothing does. */
    private String send(String client, StreamId stream, long from, long end) {
        return send(Batches.counting(client, stream, from, Math.toIntExact(end - from))
                .acknowledge(0));
    }

    private String send(StreamId stream, long from, long end) {
        return send("tail", stream, from, end);
    }

    private String send(BatchFrame batch) {
        return gate.admit(batch)
                .map(passed -> {
                    gate.taken(passed);
                    return passed.from() + "-" + passed.end();
                })
                .orElse("");
    }

    @Test
    void letsEachBatchOfAStreamPassInOrder() {
        assertThat(send(A, 0, 10)).isEqualTo("0-10");
        assertThat(send(A, 10, 20)).isEqualTo("10-20");

        assertThat(positions.expected(A)).hasValue(20);
        assertThat(answers).isEmpty();
    }

    @Test
    void tellsWhatIsKnownOfARepeat() {
        send(A, 0, 20);

        assertThat(send(A, 0, 20)).isEmpty();
        assertThat(send(A, 5, 10)).isEmpty();

        assertThat(answers).containsExactly("tail known A20", "tail known A20");
        assertThat(counters.repeatedEvents()).isEqualTo(25);
    }

    @Test
    void cutsOffWhatIsRepeated() {
        send(A, 0, 10);

        assertThat(send(A, 5, 15)).isEqualTo("10-15");

        assertThat(counters.repeatedEvents()).isEqualTo(5);
    }

    @Test
    void asksForWhatIsMissing() {
        send(A, 0, 10);

        assertThat(send(A, 20, 30)).isEmpty();
        assertThat(answers).containsExactly("tail resend A10");
        assertThat(send(A, 10, 20)).isEqualTo("10-20");
        assertThat(send(A, 20, 30)).isEqualTo("20-30");
        assertThat(counters.refusedBatches()).isEqualTo(1);
    }

    @Test
    void asksOnceAndNotForEachBatchBehindTheGap() {
        send(A, 20, 30);
        send(A, 30, 40);
        send(A, 40, 50);

        assertThat(answers).containsExactly("tail resend A0");
    }

    @Test
    void asksAgainWhenThePublisherComesBackWithoutIt() {
        send(A, 20, 30);
        send(A, 30, 40);
        send(A, 20, 30);

        assertThat(answers).containsExactly("tail resend A0", "tail resend A0");
    }

    @Test
    void beginsAnUnknownStreamWhereItsPublisherSaysThatAllBeforeIsSafe() {
        assertThat(send(Batches.counting("tail", A, 500, 10).acknowledge(500))).isEqualTo("500-510");

        assertThat(counters.lostPositions()).isZero();
    }

    @Test
    void doesNotBeginAnUnknownStreamInItsMiddle() {
        assertThat(send(Batches.counting("tail", A, 500, 10).acknowledge(400))).isEmpty();

        assertThat(answers).containsExactly("tail resend A400");
    }

    @Test
    void countsWhatWasAcknowledgedAndIsGoneFromTheJournal() {
        send(A, 0, 10);

        assertThat(send(Batches.counting("tail", A, 500, 10).acknowledge(500))).isEqualTo("500-510");

        assertThat(counters.lostPositions()).isEqualTo(490);
    }

    @Test
    void holdsTheOtherStreamsOfAClientBackBehindAGap() {
        send(A, 10, 20);

        assertThat(send(B, 0, 10)).isEmpty();
        assertThat(send("other", B, 0, 10)).as("another client").isEqualTo("0-10");
        assertThat(send(A, 0, 10)).isEqualTo("0-10");
        assertThat(send(B, 10, 20)).isEqualTo("10-20");
    }

    @Test
    void tellsOfRepeatsEvenBehindAGap() {
        send(B, 0, 10);
        send(A, 10, 20);

        send(B, 0, 10);

        assertThat(answers).containsExactly("tail resend A0", "tail known B10");
    }

    @Test
    void letsTheOtherStreamsGoOnWhenAGapLasts() {
        send(A, 10, 20);
        time.pass(StreamGate.GAP_PATIENCE);
        assertThat(send(B, 0, 10)).isEmpty();

        time.pass(Duration.ofNanos(1));

        assertThat(send(B, 0, 10)).isEqualTo("0-10");
        assertThat(send(B, 10, 20)).isEqualTo("10-20");
        assertThat(send(A, 10, 20)).as("still missing something").isEmpty();
        assertThat(send(A, 0, 10)).isEqualTo("0-10");
    }

    @Test
    void givesAGapUpWhenItsPublisherHasNothingToFillItWith() {
        send(A, 0, 10);
        for (int i = 0; i < StreamGate.ASKED_ENOUGH; i++) {
            assertThat(send(A, 20, 30)).isEmpty();
            assertThat(send(A, 30, 40)).isEmpty();
        }

        assertThat(send(A, 20, 30)).isEqualTo("20-30");

        assertThat(counters.lostPositions()).isEqualTo(10);
        assertThat(send(A, 30, 40)).isEqualTo("30-40");
        assertThat(send(B, 0, 10)).isEqualTo("0-10");
    }

    /** Else a pause of the core itself would look like a publisher that has nothing more. */
    @Test
    void doesNotGiveAGapUpBecauseTimePasses() {
        send(A, 0, 10);
        send(A, 20, 30);
        time.pass(Duration.ofHours(1));

        assertThat(send(A, 30, 40)).isEmpty();
        assertThat(send(A, 40, 50)).isEmpty();
    }

    @Test
    void waitsForWhatCouldNotBeStored() {
        send(A, 0, 10);
        gate.notTaken(
                gate.admit(Batches.counting("tail", A, 10, 10).acknowledge(0)).orElseThrow());

        assertThat(send(A, 20, 30)).isEmpty();
        assertThat(send(B, 0, 10)).isEmpty();
        assertThat(answers).as("no answer: it would only come again at once").isEmpty();
        assertThat(send(A, 10, 20)).isEqualTo("10-20");
        assertThat(send(A, 20, 30)).isEqualTo("20-30");
        assertThat(send(B, 0, 10)).isEqualTo("0-10");
    }

    @Test
    void remembersTheGapsOfABoundedNumberOfClients() {
        send("first", A, 10, 20);
        for (int i = 0; i < StreamGate.MAX_GAPS; i++) {
            send("client" + i, new StreamId(1, i), 10, 20);
        }

        assertThat(send("first", B, 0, 10)).isEqualTo("0-10");
        assertThat(send("client9", B, 0, 10)).isEmpty();
    }
}
