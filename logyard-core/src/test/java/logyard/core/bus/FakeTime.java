package logyard.core.bus;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A time that passes only when told to. */
final class FakeTime implements LongSupplier {
    private long nanos = Long.MAX_VALUE - 7; // nanoTime may overflow at any moment

    void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long getAsLong() {
        return nanos;
    }
}
