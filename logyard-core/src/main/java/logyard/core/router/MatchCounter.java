package logyard.core.router;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import logyard.core.event.Events;
import logyard.core.event.Message;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalReader;
import logyard.core.journal.JournalRecord;
import logyard.core.journal.SegmentSummary;

/** Counts the events of some key prefixes, in records or over a part of the journal. One thread. */
final class MatchCounter {
    private final Journal journal;
    private final List<byte[]> prefixes;
    private final Events events = new Events();

    MatchCounter(Journal journal, List<byte[]> prefixes) {
        this.journal = journal;
        this.prefixes = List.copyOf(prefixes);
    }

    /** How many events of a frame are wanted. */
    int count(byte[] frame) {
        int count = 0;
        Message message = events.over(frame).message();
        int keyStart = 0;
        int keyEnd = -1;
        boolean wanted = false;
        while (events.next()) {
            if (keyEnd < 0 || !message.keyEquals(frame, keyStart, keyEnd)) {
                keyStart = message.start();
                keyEnd = keyStart + message.keyLength();
                wanted = wants(message);
            }
            count += wanted ? 1 : 0;
        }
        return count;
    }

    private boolean wants(Message message) {
        for (int i = 0; i < prefixes.size(); i++) {
            if (message.keyStartsWith(prefixes.get(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * How many events in {@code from} to {@code to} of the journal are wanted, as far as they are there: where the
     * summaries of segments tell it, what is damaged counts, else not.
     */
    long count(long from, long to) throws IOException {
        long count = 0;
        long at = Math.max(from, journal.first());
        try (JournalReader reader = journal.reader(at, this::isUnwanted)) {
            while (at < to) {
                long end = Math.min(to, journal.segmentEnd(at));
                OptionalLong known = countOfWhole(at, end);
                if (known.isPresent()) {
                    count += known.getAsLong();
                    reader.skip(end);
                } else {
                    count += count(reader, end);
                }
                at = end;
            }
        }
        return count;
    }

    private long count(JournalReader reader, long to) throws IOException {
        long count = 0;
        for (Optional<JournalRecord> next = reader.next(to); next.isPresent(); next = reader.next(to)) {
            count += count(next.get().frame());
        }
        return count;
    }

    /** What the summary says if {@code from} to {@code to} is all of a segment. */
    private OptionalLong countOfWhole(long from, long to) {
        Optional<Map<String, Long>> keys = journal.summary(from)
                .filter(summary -> from <= summary.firstRecord() && summary.end() == to)
                .flatMap(SegmentSummary::keys);
        return keys.isEmpty() ? OptionalLong.empty() : OptionalLong.of(countWanted(keys.get()));
    }

    /**
     * How many wanted events were evicted from the segments that there are between two positions, those around them
     * included, and the one that ends where the first of them is; far too many if that is not known.
     */
    long countEvicted(long from, long to) {
        long count = 0;
        for (long at = Math.max(from - 1, journal.first()); at < to; at = journal.segmentEnd(at)) {
            if (journal.hasHoles(at)) {
                Map<String, Long> evicted =
                        journal.summary(at).map(SegmentSummary::evicted).orElse(Map.of());
                if (evicted.isEmpty()) {
                    return Integer.MAX_VALUE;
                }
                count += countWanted(evicted);
            }
        }
        return count;
    }

    private long countWanted(Map<String, Long> keys) {
        var message = new Message();
        return keys.entrySet().stream()
                .mapToLong(key -> wants(message, key.getKey()) ? key.getValue() : 0)
                .sum();
    }

    /** Whether a segment is known to hold no event that is wanted. */
    boolean isUnwanted(SegmentSummary summary) {
        var message = new Message();
        return summary.keys()
                .filter(keys -> keys.keySet().stream().noneMatch(key -> wants(message, key)))
                .isPresent();
    }

    private boolean wants(Message message, String key) {
        byte[] bytes = (key + " ").getBytes(StandardCharsets.UTF_8);
        message.pointAt(bytes, 0, bytes.length - 1, bytes.length);
        return wants(message);
    }
}
