package logyard.core.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import logyard.core.drain.MessageFormat.UnformattableException;
import logyard.core.event.Message;
import org.junit.jupiter.api.Test;

class DrainBatchTest {
    private static Message message(String event) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        var message = new Message();
        message.pointAt(bytes, 0, bytes.length);
        return message;
    }

    @Test
    void knowsTheKeyOfEachEventAndKeepsNeighboursOnce() throws Exception {
        var batch = new DrainBatch();
        for (int i = 0; i < 40; i++) {
            batch.add(message("a.1 {}"), 1, MessageFormat.JSON);
        }
        batch.add(message("b.2 {}"), 1, MessageFormat.JSON);

        assertThat(batch.key(40)).asString(StandardCharsets.UTF_8).isEqualTo("b.2");
        assertThat(batch.key(39)).asString(StandardCharsets.UTF_8).isEqualTo("a.1");
        assertThat(batch.key(0)).isSameAs(batch.key(39));
    }

    @Test
    void refusesAnEventThatIsTooLongAndKeepsTheOthers() throws Exception {
        var batch = new DrainBatch(5);
        batch.add(message("a {12}"), 1, MessageFormat.JSON);

        assertThatThrownBy(() -> batch.add(message("a {123}"), 1, MessageFormat.JSON))
                .isInstanceOf(UnformattableException.class)
                .hasMessage("it has 6 bytes, the target takes at most 5");
        assertThat(batch.size()).isEqualTo(1);
        assertThat(batch.length()).isEqualTo(5);
    }
}
