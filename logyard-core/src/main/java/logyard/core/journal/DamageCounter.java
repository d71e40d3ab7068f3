package logyard.core.journal;

import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what could not be read back because it is damaged. Any thread. */
final class DamageCounter {
    private static final Logger log = LoggerFactory.getLogger(DamageCounter.class);

    private final LongAdder places = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    void add(Segment segment, long from, long to) {
        places.increment();
        bytes.add(to - from);
        log.error(
                "Journal damaged: passing over {} bytes of {} at offset {}",
                to - from,
                segment.file(),
                from - segment.base());
    }

    long places() {
        return places.sum();
    }

    long bytes() {
        return bytes.sum();
    }
}
