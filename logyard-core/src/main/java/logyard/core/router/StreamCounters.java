package logyard.core.router;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import logyard.core.event.KeyTable;

/**
 * Counts events by stream: by the first two parts of their keys. Whoever invents streams beyond the bound is counted
 * together, as {@value #OTHER}. Not thread-safe.
 */
final class StreamCounters {
    /** The name that all streams beyond the bound have together. */
    static final String OTHER = "other";

    /** So many streams are told apart, the first that come. */
    static final int MOST = 1000;

    private static final byte[] OTHER_KEY = OTHER.getBytes(StandardCharsets.UTF_8);

    /** The numbers of one stream. */
    static final class Counter {
        private long events;
        private long bytes;

        void add(int moreEvents, long moreBytes) {
            events += moreEvents;
            bytes += moreBytes;
        }
    }

    private final KeyTable<Counter> byName = new KeyTable<>();

    /** The counter of the stream that a key belongs to. */
    Counter of(byte[] bytes, int keyStart, int keyEnd) {
        int end = nameEnd(bytes, keyStart, keyEnd);
        Counter known = byName.get(bytes, keyStart, end);
        if (known != null) {
            return known;
        }
        return byName.size() < MOST ? made(bytes, keyStart, end) : others();
    }

    private Counter others() {
        Counter others = byName.get(OTHER_KEY, 0, OTHER_KEY.length);
        return others == null ? made(OTHER_KEY, 0, OTHER_KEY.length) : others;
    }

    private Counter made(byte[] name, int start, int end) {
        var counter = new Counter();
        byName.put(name, start, end, counter);
        return counter;
    }

    private static int nameEnd(byte[] bytes, int start, int end) {
        int dots = 0;
        for (int i = start; i < end; i++) {
            if (bytes[i] == '.' && ++dots == 2) {
                return i;
            }
        }
        return end;
    }

    /** All numbers, in no order. */
    List<StreamCount> all() {
        List<StreamCount> all = new ArrayList<>(byName.size());
        byName.forEach((name, counter) ->
                all.add(new StreamCount(new String(name, StandardCharsets.UTF_8), counter.events, counter.bytes)));
        return all;
    }
}
