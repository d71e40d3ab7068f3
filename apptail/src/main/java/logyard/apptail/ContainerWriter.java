package logyard.apptail;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of what a container writes, and has a stream that is too busy rest: what comes within a second is left out,
 * and said so among its lines. On the thread {@code docker}.
 */
final class ContainerWriter implements ContainerOutput {
    private static final Logger log = LoggerFactory.getLogger(ContainerWriter.class);

    private final Parts parts;
    private final String container;
    private final AppInstance app;
    private final ScheduledExecutorService thread;
    private final Map<String, Rest> rests = new HashMap<>();
    private StreamWriter writer = new StreamWriter(new StreamId(0, 0), 0);
    private long end;
    private long position;

    /** What all of them use. */
    record Parts(AckedPublisher publisher, Timeline timeline, LinePublisher lines, Consumer<String> onLeft) {}

    /** What one stream leaves out. */
    private static final class Rest {
        private long lines;
        private long bytes;
        private boolean inLine;
        private boolean isOver;
    }

    ContainerWriter(Parts parts, String container, AppInstance app, ScheduledExecutorService thread) {
        this.parts = parts;
        this.container = container;
        this.app = app;
        this.thread = thread;
    }

    private String nameOf(String stream) {
        return container + "/" + stream;
    }

    @Override
    public void startAt(UUID stream, long start) {
        writer = new StreamWriter(
                new StreamId(stream.getMostSignificantBits(), stream.getLeastSignificantBits()), start);
        end = start;
        position = start;
        rests.clear();
    }

    @Override
    public void piece(String name, byte[] bytes, int offset, int length, int taken, boolean last, long at) {
        Optional<AppLog> to = parts.lines().find(nameOf(name));
        if (to.isEmpty()) {
            return; // forgotten meanwhile
        }
        position = at;
        Rest rest = rests.get(name);
        if (rest != null) {
            rest.bytes += taken;
            rest.lines += last ? 1 : 0;
            rest.inLine = !last;
            if (rest.isOver && last) {
                goOn(name, to.get());
            }
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
            rests.put(name, begun);
            thread.schedule(() -> restEnds(name, begun), LinePublisher.REST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void restEnds(String name, Rest rest) {
        if (rests.get(name) != rest) {
            return; // another reading has begun
        }
        rest.isOver = true;
        if (!rest.inLine) {
            parts.lines().find(nameOf(name)).ifPresent(to -> goOn(name, to));
            flush();
        }
    }

    /** Says what was left out, behind it and before what comes. */
    private void goOn(String name, AppLog to) {
        Rest rest = rests.remove(name);
        if (rest == null || rest.lines == 0) {
            return;
        }
        long at = Math.max(end, position) + 1;
        makeRoom(at);
        byte[] text = LinePublisher.leftOut(name, rest.lines, rest.bytes).getBytes(StandardCharsets.UTF_8);
        writer.add(to.notices(), text, 0, text.length, at);
        end = at;
        log.info("[{}] Too much log activity, left out {} lines, {} bytes", nameOf(name), rest.lines, rest.bytes);
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
    public void left(String name) {
        parts.onLeft().accept(nameOf(name));
    }
}
