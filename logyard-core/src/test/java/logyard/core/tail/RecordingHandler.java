package logyard.core.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import logyard.core.tail.position.StreamId;

/** Keeps every line by name, and acknowledges it at once if it has a tailer to do so. */
final class RecordingHandler implements LineHandler {
    private final Map<String, List<String>> lines = new ConcurrentHashMap<>();
    private final Map<StreamId, Long> handedOut = new ConcurrentHashMap<>();
    final List<String> order = new ArrayList<>();
    final List<TailNotice> notices = new CopyOnWriteArrayList<>();
    volatile boolean room = true;
    volatile Consumer<TailedStream> beforeLine = stream -> {};
    private volatile Consumer<Map<StreamId, Long>> acknowledger = offsets -> {};

    /** Acknowledges to this tailer from now on. */
    void acknowledgeTo(FileTailer tailer) {
        acknowledger = offsets -> offsets.forEach(tailer::acknowledge);
    }

    List<String> lines(String name) {
        List<String> all = lines.get(name);
        if (all == null) {
            return List.of();
        }
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    @Override
    public void line(TailedStream stream, byte[] buffer, int offset, int length, long endOffset) {
        beforeLine.accept(stream);
        List<String> all = lines.computeIfAbsent(stream.name(), name -> new ArrayList<>());
        synchronized (all) {
            all.add(new String(buffer, offset, length, UTF_8));
        }
        handedOut.put(stream.id(), endOffset);
    }

    @Override
    public void flush(TailedStream stream) {
        order.add(stream.name());
        acknowledger.accept(handedOut);
        handedOut.clear();
    }

    @Override
    public boolean hasRoom() {
        return room;
    }

    @Override
    public void notice(TailNotice notice) {
        notices.add(notice);
    }
}
