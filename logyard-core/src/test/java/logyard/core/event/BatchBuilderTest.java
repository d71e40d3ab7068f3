package logyard.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchBuilderTest {
    private static final StreamId STREAM = new StreamId(3, 4);

    @Test
    void beginsEachBatchWhereTheOneBeforeItEnded() {
        var builder = new BatchBuilder("tail", STREAM, 100);
        builder.event().append("k a");
        builder.endEvent(110);
        BatchFrame first = builder.finish();
        builder.event().append("k b"); // what lies between 110 and this event was skipped
        builder.endEvent(150);
        BatchFrame second = builder.finish();

        assertThat(first.from()).isEqualTo(100);
        assertThat(second.from()).isEqualTo(110);
        assertThat(second.end()).isEqualTo(150);
        assertThat(second.acknowledged()).isEqualTo(100);
    }

    @Test
    void countsWhatIsInTheBatchBegun() {
        var builder = new BatchBuilder("tail", STREAM, 0);
        builder.event().append("k a");
        builder.endEvent(1);

        assertThat(builder.count()).isEqualTo(1);
        assertThat(builder.length()).isEqualTo(builder.finish().bytes().length);
        assertThat(builder.count()).isZero();
    }

    @Test
    void writesWhatCanBeReadWhateverItsSize() throws Exception {
        var random = new Random(2);
        var builder = new BatchBuilder("tail", STREAM, 0);
        long position = 0;
        for (int batch = 0; batch < 200; batch++) {
            int count = 1 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                builder.event().append("key ").append(new byte[random.nextInt(3000)]);
                position += 1 + random.nextInt(5000);
                builder.endEvent(position);
            }

            BatchFrame read = BatchFrame.parse(builder.finish().bytes());

            assertThat(read.count()).isEqualTo(count);
            assertThat(read.end()).isEqualTo(position);
        }
    }

    @Test
    void refusesAnEventThatDoesNotAdvance() {
        var builder = new BatchBuilder("tail", STREAM, 5);
        builder.event().append("k a");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.endEvent(5))
                .withMessage("An event must end behind 5, got 5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two words",
                "tab\t",
                "ümlaut",
                "a-name-of-more-than-sixty-four-characters-is-refused-since-it-is-too-long"
            })
    void refusesNamesThatAreNoWord(String client) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchBuilder(client, STREAM, 0))
                .withMessageContaining("1 to 64 visible ASCII characters, got \"" + client + "\"");
    }
}
