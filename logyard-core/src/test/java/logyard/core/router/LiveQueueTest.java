package logyard.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveQueueTest {
    private final LiveQueue queue = new LiveQueue();

    @Test
    void givesRecordsInTheirOrderBeyondTheFirstRoom() {
        List<LiveRecord> records = records(1, 1000);
        for (int i = 0; i < records.size(); i++) {
            queue.add(records.get(i), 10L * i);
        }

        for (int i = 0; i < records.size(); i++) {
            assertThat(queue.first()).isSameAs(records.get(i));
            assertThat(queue.firstOrdinal()).isEqualTo(10L * i);
            queue.removeFirst();
        }
        assertThat(queue.size()).isZero();
        assertThat(queue.first()).isNull();
    }

    @Test
    void aFrameIsLetGoWhenTheLastWhoWaitsForItTakesIt() {
        LiveRecord record = record(2);
        queue.add(record, 1);
        var other = new LiveQueue();
        other.add(record, 1);

        queue.removeFirst();
        assertThat(record.frame()).isNotNull();

        other.removeFirst();
        assertThat(record.frame()).isNull();
    }

    @Test
    void whoGivesUpWaitingKeepsNoFrame() {
        List<LiveRecord> records = records(1, 1000);
        records.forEach(record -> queue.add(record, 1));

        queue.clear();

        assertThat(queue.size()).isZero();
        assertThat(records).allSatisfy(record -> assertThat(record.frame()).isNull());
    }

    @Test
    void whatOthersStillWaitForIsKept() {
        LiveRecord record = record(2);
        queue.add(record, 1);

        queue.clear();

        assertThat(record.frame()).isNotNull();
    }

    private static List<LiveRecord> records(int waiting, int count) {
        return IntStream.range(0, count).mapToObj(i -> record(waiting)).toList();
    }

    private static LiveRecord record(int waiting) {
        var record = new LiveRecord(0, 10, new byte[10]);
        record.waitsFor(waiting);
        return record;
    }
}
