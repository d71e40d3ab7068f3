package logyard.drains.redis;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import logyard.core.drain.DrainBatch;

/** The events of a batch by the list they go to, in order. */
final class Pushes {
    private static final int BYTES_PER_ARGUMENT = 16;
    private static final int BYTES_PER_LIST = 128;

    /** Neighbours of one list, from the first to before {@code end}. */
    private record Run(int first, int end) {}

    private final DrainBatch batch;
    private final Map<ListKey, List<Run>> lists = new LinkedHashMap<>();

    /** @param key of the one list for all; empty: each event goes to the list of its own key */
    Pushes(DrainBatch batch, byte[] key) {
        this.batch = batch;
        if (key.length > 0) {
            add(key, 0, batch.size());
            return;
        }
        for (int first = 0; first < batch.size(); ) {
            byte[] own = batch.key(first);
            int end = first + 1;
            while (end < batch.size() && batch.key(end) == own) {
                end++;
            }
            add(own, first, end);
            first = end;
        }
    }

    private void add(byte[] key, int first, int end) {
        lists.computeIfAbsent(new ListKey(key), unused -> new ArrayList<>()).add(new Run(first, end));
    }

    /** The keys of the lists. */
    Set<ListKey> keys() {
        return lists.keySet();
    }

    /** Puts all events at the heads of their lists, the newest first, and cuts each list: all of it, or nothing. */
    Commands commands(ByteBufAllocator memory, long limit) {
        int estimate = batch.length() + batch.size() * BYTES_PER_ARGUMENT + lists.size() * BYTES_PER_LIST;
        var commands = new Commands(memory.ioBuffer(estimate)).multi();
        String last = Long.toString(limit - 1);
        lists.forEach((key, runs) -> {
            int values = runs.stream().mapToInt(run -> run.end() - run.first()).sum();
            commands.begin("LPUSH", 1 + values).argument(key.bytes());
            for (Run run : runs) {
                for (int i = run.first(); i < run.end(); i++) {
                    commands.argument(batch.bytes(), batch.start(i), batch.end(i) - batch.start(i));
                }
            }
            commands.begin("LTRIM", 3).argument(key.bytes()).text("0").text(last);
        });
        return commands.exec();
    }
}
