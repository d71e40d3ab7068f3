package logyard.systail;

import logyard.core.bus.AckedPublisher;
import logyard.core.event.EventTime;
import logyard.core.event.StreamId;
import logyard.core.event.SystailEvents;
import logyard.core.tail.LineHandler;
import logyard.core.tail.TailNotice;
import logyard.core.tail.TailedStream;

/** Makes events of lines, and batches of events. On the thread {@code tail}. */
final class LinePublisher implements LineHandler {
    /** A batch is sent when it is as large as this, or the file has nothing more for now. */
    private static final int BATCH_BYTES = 64 << 10;

    private final String node;
    private final EventTime time;
    private final AckedPublisher publisher;
    private final LossEvents losses;
    private volatile boolean stopping;

    LinePublisher(String node, EventTime time, AckedPublisher publisher) {
        this.node = node;
        this.time = time;
        this.publisher = publisher;
        this.losses = new LossEvents(node, time, publisher);
    }

    @Override
    public void line(TailedStream stream, byte[] buffer, int offset, int length, long endOffset) {
        StreamWriter writer = writer(stream);
        if (writer.isTooFar(endOffset)) {
            publish(writer);
            writer.skipTo(endOffset - length - 1);
        }
        writer.add(buffer, offset, length, endOffset);
        if (writer.bytes() >= BATCH_BYTES) {
            publish(writer);
        }
    }

    private StreamWriter writer(TailedStream stream) {
        if (stream.attachment() instanceof StreamWriter writer) {
            return writer;
        }
        var writer = new StreamWriter(
                Systail.PROCESS,
                new StreamId(stream.id().high(), stream.id().low()),
                new SystailEvents(stream.name(), node, time),
                stream.start());
        stream.attach(writer);
        return writer;
    }

    @Override
    public void flush(TailedStream stream) {
        losses.publish();
        publish(writer(stream));
    }

    @Override
    public void notice(TailNotice notice) {
        if (notice.kind().isLoss()) {
            losses.add(notice);
        }
    }

    private void publish(StreamWriter writer) {
        if (!writer.isEmpty()) {
            publisher.publish(writer.finish());
        }
    }

    @Override
    public boolean hasRoom() {
        return !stopping && publisher.hasRoom();
    }

    /** Wants no more lines. Any thread. */
    void stop() {
        stopping = true;
    }
}
