package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadSessionTest {
    private static final byte[] NO_BATCH = {};

    private final FakeTime time = new FakeTime();
    private final AtomicInteger begun = new AtomicInteger();
    private final ReadSession session = new ReadSession("s", List.of("systail."), 8, begun::incrementAndGet, time);

    /** What is sent now. */
    private JsonNode sent() throws Exception {
        byte[] due = session.due().orElseThrow();
        session.sent();
        return new JsonMapper().readTree(due);
    }

    private Optional<Delivery> answer(ReadReply reply) throws Exception {
        return session.take(reply.toFrame(), NO_BATCH);
    }

    private static ReadReply delivery(String id, long number) {
        return new ReadReply(id, "journal", number, new Missed(1, 0, 0), Optional.empty());
    }

    @Test
    void saysNothingWithoutAConnection() {
        time.pass(Duration.ofMinutes(1));

        assertThat(session.due()).isEmpty();
    }

    @Test
    void asksAgainWhatWasNotAnswered() throws Exception {
        session.connected();
        JsonNode hello = sent();
        assertThat(hello.path("prefixes").toString()).isEqualTo("[\"systail.\"]");
        assertThat(session.due()).isEmpty();

        time.pass(ReadSession.ASK_AGAIN.plusMillis(1));

        assertThat(sent()).isEqualTo(hello);
        assertThat(begun).hasValue(0);
    }

    @Test
    void acknowledgesWhatIsDoneWith() throws Exception {
        session.connected();
        String id = sent().path("session").asText();
        assertThat(answer(ReadReply.nothing(id, "journal"))).isEmpty();
        assertThat(begun).hasValue(1);
        Delivery first = answer(delivery(id, 1)).orElseThrow();
        assertThat(answer(delivery(id, 1))).as("the same again").isEmpty();
        Delivery second = answer(delivery(id, 2)).orElseThrow();
        assertThat(second.missed()).isEqualTo(new Missed(1, 0, 0));

        session.acknowledge(second);
        session.acknowledge(first);

        assertThat(sent().toString())
                .isEqualTo("{\"subscriber\":\"s\",\"session\":\"" + id + "\",\"acknowledged\":2,\"credit\":8}");
        assertThat(begun).hasValue(1);
    }

    @Test
    void beginsAnewWithAnotherConnectionOrCore() throws Exception {
        session.connected();
        String id = sent().path("session").asText();
        Delivery old = answer(delivery(id, 1)).orElseThrow();

        answer(ReadReply.problem(id, ReadReply.Reason.UNKNOWN, "who?"));
        JsonNode hello = sent();
        assertThat(hello.path("session").asText()).isNotEqualTo(id);
        assertThat(hello.has("acknowledged")).isFalse();

        session.acknowledge(old);
        assertThat(session.due()).as("of a session before").isEmpty();
        assertThat(answer(delivery(id, 2))).isEmpty();
        assertThat(answer(delivery(hello.path("session").asText(), 1))).isPresent();
    }

    @Test
    void givesWayToAnother() throws Exception {
        session.connected();
        String id = sent().path("session").asText();

        answer(ReadReply.problem(id, ReadReply.Reason.REPLACED, "another session of s has begun"));
        time.pass(Duration.ofHours(1));

        assertThat(session.over()).isPresent();
        assertThat(session.due()).isEmpty();
    }

    @Test
    void triesAgainAMinuteAfterARefusal() throws Exception {
        session.connected();
        sent();

        answer(ReadReply.problem("", ReadReply.Reason.REFUSED, "too many"));
        time.pass(ReadSession.AFTER_REFUSAL);
        assertThat(session.due()).isEmpty();

        time.pass(ReadSession.ASK_AGAIN.plusMillis(1));
        assertThat(sent().has("prefixes")).isTrue();
    }
}
