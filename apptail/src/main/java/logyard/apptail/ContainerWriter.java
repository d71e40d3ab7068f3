package logyard.apptail;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import logyard.apptail.docker.ContainerOutput;
import logyard.apptail.timeline.Timeline;
import logyard.core.bus.AckedPublisher;
import logyard.core.event.AppInstance;
import logyard.core.event.StreamId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of what a container writes to one stream, and has it rest when it is too busy: what comes within a second is
 * left out, and said so behind it. On the thread {@code docker}.
 *
 * <p>What was left out and not said yet is behind all that was published: after a crash it is read again.
 */
final class ContainerWriter implements ContainerOutput {
    private static final Logger log = LoggerFactory.getLogger(ContainerWriter.class);

    private final Parts parts;
    private final String logName;
    private final AppInstance app;
    private final ScheduledExecutorService thread;
    private UUID stream = new UUID(0, 0);
    private StreamWriter writer = new StreamWriter(new StreamId(0, 0), 0);
    private @Nullable Rest rest;
    private long end;
    private long position;

    /** What all of them use. */
    record Parts(AckedPublisher publisher, Timeline timeline, LinePublisher lines, Consumer<String> onLeft) {}

    /** What is left out. */
    private static final class Rest {
        private long lines;
        private long bytes; // of these lines
        private long begun; // bytes of the line behind them
        private boolean inLine;
        private boolean isOver;
    }

    /** @param logName by which the stream is known among logs, such as {@code 4f1c9d0e8b7a/stdout} */
    ContainerWriter(Parts parts, String logName, AppInstance app, ScheduledExecutorService thread) {
        this.parts = parts;
        this.logName = logName;
        this.app = app;
        this.thread = thread;
    }

    @Override
    public void startAt(UUID of, long start) {
        boolean isNew = !of.equals(stream);
        stream = of;
        writer = new StreamWriter(new StreamId(of.getMostSignificantBits(), of.getLeastSignificantBits()), start);
        end = start;
        position = start;
        Rest before = rest;
        if (before != null && (isNew || before.lines == 0)) {
            rest = null; // all of it comes again
        } else if (before != null) {
            before.begun = 0;
            before.inLine = false;
            goOnIfOver();
        }
    }

    @Override
    public void piece(byte[] bytes, int offset, int length, int taken, boolean last, long at) {
        Optional<AppLog> to = parts.lines().find(logName);
        if (to.isEmpty()) {
            return; // forgotten meanwhile
        }
        position = at;
        Rest resting = rest;
        if (resting != null) {
            leaveOut(resting, taken, last);
            return;
        }
        makeRoom(at);
        writer.add(to.get().lines(), bytes, offset, length, at);
        end = at;
        if (writer.bytes() >= LinePublisher.BATCH_BYTES) {
            flush();
        }
        if (!to.get().pour()) {
            var begun = new Rest();
            begun.inLine = !last;
            rest = begun;
            thread.schedule(() -> restEnds(begun), LinePublisher.REST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void leaveOut(Rest resting, int taken, boolean last) {
        resting.begun += taken;
        resting.inLine = !last;
        if (last) {
            resting.lines++;
            resting.bytes += resting.begun;
            resting.begun = 0;
            if (resting.isOver) {
                goOn(resting);
            }
        }
    }

    private void restEnds(Rest resting) {
        resting.isOver = true;
        if (rest == resting) {
            goOnIfOver();
        }
    }

    private void goOnIfOver() {
        Rest resting = rest;
        if (resting != null && resting.isOver && !resting.inLine) {
            goOn(resting);
            flush();
        }
    }

    /** Says what was left out, behind it and before what comes. */
    private void goOn(Rest resting) {
        rest = null;
        Optional<AppLog> to = parts.lines().find(logName);
        if (resting.lines == 0 || to.isEmpty()) {
            return;
        }
        long at = Math.max(end, position) + 1;
        makeRoom(at);
        String name = to.get().name();
        byte[] text = LinePublisher.leftOut(name, resting.lines, resting.bytes).getBytes(StandardCharsets.UTF_8);
        writer.add(to.get().notices(), text, 0, text.length, at);
        end = at;
        log.info("[{}] Too much log activity, left out {} lines, {} bytes", logName, resting.lines, resting.bytes);
    }

    private void makeRoom(long at) {
        if (writer.isTooFar(at)) {
            flush();
            writer.skipTo(at - 1);
        }
    }

    @Override
    public void flush() {
        if (!writer.isEmpty()) {
            parts.publisher().publish(writer.finish());
        }
    }

    @Override
    public boolean hasRoom() {
        return parts.publisher().hasRoom();
    }

    @Override
    public void warn(String text) {
        parts.timeline().tell(app, text);
    }

    @Override
    public void left() {
        Rest resting = rest;
        if (resting != null) {
            goOn(resting);
            flush();
        }
        parts.onLeft().accept(logName);
    }
}
