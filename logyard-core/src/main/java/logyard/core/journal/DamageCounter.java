package logyard.core.journal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what could not be read back because it is damaged, or of a later version, once however often it is read. Any thread. */
final class DamageCounter implements JournalReader.Damage {
    private static final Logger log = LoggerFactory.getLogger(DamageCounter.class);

    /** Beyond so many places each is counted as often as it is read. */
    private static final int REMEMBERED_PLACES = 10_000;

    private final Set<Long> known = ConcurrentHashMap.newKeySet();
    private final LongAdder places = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder unreadable = new LongAdder();

    @Override
    public void add(Segment segment, long from, long to) {
        if (isKnown(from)) {
            return;
        }
        places.increment();
        bytes.add(to - from);
        if (Long.bitCount(places.sum()) == 1) { // the first, second, fourth, eighth …
            log.error(
                    "Journal damaged: passing over {} bytes at offset {} of {} ({} places so far)",
                    to - from,
                    from - segment.base(),
                    segment.file(),
                    places.sum());
        }
    }

    @Override
    public void addUnreadable(Segment segment, long position) {
        if (isKnown(position)) {
            return;
        }
        unreadable.increment();
        if (Long.bitCount(unreadable.sum()) == 1) {
            log.error(
                    "Nobody gets the events of a batch at offset {} of {}: a later version of Logyard wrote it"
                            + " ({} such so far)",
                    position - segment.base(),
                    segment.file(),
                    unreadable.sum());
        }
    }

    private boolean isKnown(long position) {
        return known.size() < REMEMBERED_PLACES ? !known.add(position) : known.contains(position);
    }

    /** How many records a later version of Logyard wrote. */
    long unreadable() {
        return unreadable.sum();
    }

    long places() {
        return places.sum();
    }

    long bytes() {
        return bytes.sum();
    }
}
