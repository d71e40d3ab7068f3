package logyard.core.router;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import logyard.core.event.Events;
import logyard.core.event.Message;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalReader;
import logyard.core.journal.JournalRecord;

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

    /** How many events in {@code from} to {@code to} of the journal are wanted; what is gone does not count. */
    long count(long from, long to) throws IOException {
        long count = 0;
        try (JournalReader reader = journal.reader(from)) {
            for (Optional<JournalRecord> next = reader.next(to); next.isPresent(); next = reader.next(to)) {
                count += count(next.get().frame());
            }
        }
        return count;
    }

    /** Whether none of some keys is wanted. */
    boolean wantsNoneOf(Map<String, Long> keys) {
        for (String key : keys.keySet()) {
            byte[] bytes = key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            var message = new Message();
            message.pointAt(bytes, 0, bytes.length, bytes.length);
            if (wants(message)) {
                return false;
            }
        }
        return true;
    }
}
