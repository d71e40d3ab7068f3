package logyard.core.tail;

import java.util.concurrent.atomic.AtomicLong;

/** What the tail thread has done so far; it alone counts, and anybody may read. */
final class Counters {
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong rotations = new AtomicLong();
    private final AtomicLong truncations = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();
    private final AtomicLong lostBytes = new AtomicLong();

    void files(int followed) {
        files.setRelease(followed);
    }

    void bytes(long read) {
        add(bytes, read);
    }

    void records(long handedOut) {
        add(records, handedOut);
    }

    /** How many were handed out. For the tail thread. */
    long records() {
        return records.getPlain();
    }

    void rotation() {
        add(rotations, 1);
    }

    void truncation() {
        add(truncations, 1);
    }

    void lost(long knownBytes) {
        add(losses, 1);
        add(lostBytes, Math.max(0, knownBytes));
    }

    TailCounts read(long overflows, long saveFailures) {
        return new TailCounts(
                files.get(),
                bytes.get(),
                records.get(),
                rotations.get(),
                truncations.get(),
                losses.get(),
                lostBytes.get(),
                overflows,
                saveFailures);
    }

    private static void add(AtomicLong counter, long more) {
        counter.setRelease(counter.getPlain() + more);
    }
}
