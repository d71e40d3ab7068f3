package logyard.core.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import logyard.core.event.BatchFrame;
import logyard.core.event.PrefixTrie;
import logyard.core.router.FedRecord;
import logyard.core.router.Lost;
import org.junit.jupiter.api.Test;

class DeliveryDraftTest {
    private static final byte[] EVENT = "systail.a {}".getBytes(UTF_8);

    private final PrefixTrie<Boolean> wanted = new PrefixTrie.Builder<Boolean>()
            .add("systail".getBytes(UTF_8), true)
            .build();

    private DeliveryDraft draft(long next) {
        return new DeliveryDraft("s", new UUID(1, 2), wanted, next, 0);
    }

    private static FedRecord record(long next, long ordinal) {
        return new FedRecord(next, EVENT, ordinal, Lost.NOTHING, 0);
    }

    @Test
    void beginsWhereTheOneBeforeEnded() throws Exception {
        var draft = draft(100);
        draft.add(record(200, 1));

        BatchFrame batch = BatchFrame.parse(draft.batch());

        assertThat(batch.from()).isEqualTo(100);
        assertThat(batch.end()).isEqualTo(200 - EVENT.length + 1);
    }

    /** A batch tells positions by differences of 31 bits; a journal may be larger. */
    @Test
    void beginsLaterIfThatIsTooFarAway() throws Exception {
        var draft = draft(100);
        draft.add(record(10L << 30, 1));
        assertThat(draft.takes(record((10L << 30) + 1000, 2))).isTrue();
        assertThat(draft.takes(record(13L << 30, 2))).isFalse();

        BatchFrame batch = BatchFrame.parse(draft.batch());

        assertThat(batch.from()).isEqualTo((10L << 30) - EVENT.length);
        assertThat(batch.end()).isEqualTo((10L << 30) - EVENT.length + 1);
    }

    @Test
    void countsAsDamagedWhatWasCountedAndIsNotThere() {
        var draft = draft(0);

        draft.add(new FedRecord(100, EVENT, 8, new Lost(2, 1, 3), 0));

        assertThat(draft.missed()).isEqualTo(new logyard.core.bus.Missed(2, 5, 3));
        assertThat(draft.gains(java.time.Clock.systemUTC()).settled()).isEqualTo(8);
        assertThat(draft.gains(java.time.Clock.systemUTC()).open()).isZero();
    }
}
