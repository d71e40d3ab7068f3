package logyard.apptail;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import logyard.apptail.timeline.Timeline;
import logyard.core.bus.AckedPublisher;
import logyard.core.event.StreamId;
import logyard.core.tail.LineHandler;
import logyard.core.tail.TailNotice;
import logyard.core.tail.TailedStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of lines, and batches of events; has logs that are too busy rest, and says how much of them was left out.
 * On the thread {@code tail}, but for what says otherwise.
 */
final class LinePublisher implements LineHandler {
    private static final Logger log = LoggerFactory.getLogger(LinePublisher.class);

    /** A batch is sent when it is as large as this, or the file has nothing more for now. */
    static final int BATCH_BYTES = 64 << 10;

    /** As the original. */
    static final Duration REST = Duration.ofSeconds(1);

    private final AckedPublisher publisher;
    private final Timeline timeline;
    private final LossTexts losses;
    private final Consumer<String> onLeft;
    private final Map<String, AppLog> logs = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** @param onLeft is told the names of logs that are done with */
    LinePublisher(AckedPublisher publisher, Timeline timeline, LossTexts losses, Consumer<String> onLeft) {
        this.publisher = publisher;
        this.timeline = timeline;
        this.losses = losses;
        this.onLeft = onLeft;
    }

    /** Knows a log by the name it is followed by, before it is. Any thread. */
    void add(String name, AppLog of) {
        logs.put(name, of);
    }

    /** The log of that name, if there is one. Any thread. */
    Optional<AppLog> find(String name) {
        return Optional.ofNullable(logs.get(name));
    }

    /** Nothing of that name is followed any more. Any thread. */
    void remove(String name) {
        logs.remove(name);
    }

    /** What is known of one stream. */
    private record Attachment(AppLog log, StreamWriter writer) {}

    private Attachment of(TailedStream stream) {
        if (stream.attachment() instanceof Attachment known) {
            return known;
        }
        AppLog of = logs.get(stream.name());
        if (of == null) {
            throw new IllegalStateException("Nobody knows the log " + stream.name());
        }
        var writer =
                new StreamWriter(new StreamId(stream.id().high(), stream.id().low()), stream.start());
        of.isRead();
        var attachment = new Attachment(of, writer);
        stream.attach(attachment);
        return attachment;
    }

    @Override
    public void line(TailedStream stream, byte[] buffer, int offset, int length, long endOffset) {
        Attachment to = of(stream);
        makeRoom(to.writer, endOffset - length - 1, endOffset);
        to.writer.add(to.log.lines(), buffer, offset, length, endOffset);
        if (to.writer.bytes() >= BATCH_BYTES) {
            publish(to.writer);
        }
        if (!to.log.pour()) {
            stream.skipToEndAfter(REST);
        }
    }

    @Override
    public void passedOver(TailedStream stream, long lines, long bytes, long endOffset) {
        Attachment to = of(stream);
        makeRoom(to.writer, endOffset - 1, endOffset);
        to.writer.add(to.log.notices(), leftOut(to.log.name(), lines, bytes), endOffset);
        log.info("[{}] Too much log activity, left out {} lines, {} bytes", stream.name(), lines, bytes);
    }

    /** What a busy log is told of its rest. */
    static String leftOut(String name, long lines, long bytes) {
        return "WARN -- Too much log activity in " + name + ": waited one second, and left out " + lines + " lines ("
                + bytes + " bytes)";
    }

    private void makeRoom(StreamWriter writer, long from, long endOffset) {
        if (writer.isTooFar(endOffset)) {
            publish(writer);
            writer.skipTo(from);
        }
    }

    @Override
    public void flush(TailedStream stream) {
        timeline.publish();
        publish(of(stream).writer);
    }

    private void publish(StreamWriter writer) {
        if (!writer.isEmpty()) {
            publisher.publish(writer.finish());
        }
    }

    @Override
    public void notice(TailNotice notice) {
        AppLog of = logs.get(notice.name());
        if (of != null && notice.kind().isLoss()) {
            timeline.tell(of.app(), losses.text(of.name(), notice));
        } else if (of != null && of.mayComplain()) {
            timeline.tell(of.app(), "ERROR -- Cannot read " + of.name() + " any more, trying again and again");
        }
    }

    @Override
    public void left(String name) {
        onLeft.accept(name);
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
