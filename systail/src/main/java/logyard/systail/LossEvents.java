package logyard.systail;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import logyard.core.bus.AckedPublisher;
import logyard.core.event.BatchBuilder;
import logyard.core.event.EventTime;
import logyard.core.event.StreamId;
import logyard.core.event.SystailEvents;
import logyard.core.tail.TailNotice;

/**
 * Tells of lost lines where they are missing: as one more line of the log that lost them. On the thread {@code tail}.
 *
 * <p>While there is no room, losses are gathered, one for each log and kind, so that they cannot grow without bound.
 */
final class LossEvents {
    private final String node;
    private final EventTime time;
    private final AckedPublisher publisher;
    private final Map<String, TailNotice> waiting = new LinkedHashMap<>();

    /** They belong to no file, so that they have a stream of their own, whose positions just count. */
    private final BatchBuilder batch;

    private long published;

    LossEvents(String node, EventTime time, AckedPublisher publisher) {
        this.node = node;
        this.time = time;
        this.publisher = publisher;
        UUID id = UUID.randomUUID();
        this.batch = new BatchBuilder(
                Systail.PROCESS, new StreamId(id.getMostSignificantBits(), id.getLeastSignificantBits()), 0);
    }

    /** Something may have been lost. */
    void add(TailNotice loss) {
        waiting.merge(loss.name() + " " + loss.kind(), loss, LossEvents::sum);
        publish();
    }

    private static TailNotice sum(TailNotice before, TailNotice loss) {
        long bytes = before.bytes() == TailNotice.UNKNOWN || loss.bytes() == TailNotice.UNKNOWN
                ? TailNotice.UNKNOWN
                : before.bytes() + loss.bytes();
        return new TailNotice(loss.kind(), loss.name(), loss.path(), bytes);
    }

    /** Publishes what waits, if there is room. */
    void publish() {
        if (waiting.isEmpty() || !publisher.hasRoom()) {
            return;
        }
        for (TailNotice loss : waiting.values()) {
            byte[] text = text(loss).getBytes(StandardCharsets.UTF_8);
            new SystailEvents(loss.name(), node, time).append(text, 0, text.length, batch.event());
            batch.endEvent(++published);
        }
        waiting.clear();
        publisher.publish(batch.finish());
    }

    /** Such as {@code 4096 bytes of /s/logs/dea.log lost: emptied before they were read}. */
    static String text(TailNotice loss) {
        String what = loss.bytes() == TailNotice.UNKNOWN
                ? "lines of " + loss.path() + " may have been lost: "
                : loss.bytes() + " bytes of " + loss.path() + " lost: ";
        return what + loss.kind().reason();
    }
}
