package logyard.drains;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainType;
import logyard.core.supervision.DrainStatus;

/** A drain as it runs in the core, from the journal to its target. */
public final class SupervisedDrain implements AutoCloseable {
    private static final String NAME = "mine";

    private final SupervisedDrains drains;

    public SupervisedDrain(Path folder, DrainType type, String uri, Clock clock) throws IOException {
        this(folder, type, uri, clock, Batches.allowing());
    }

    /** A core with its own folder of secrets. */
    public SupervisedDrain(Path folder, DrainType type, String uri, Clock clock, Path secrets) throws IOException {
        this(folder, type, uri, clock, new DrainEnvironment(List.of(), () -> "", secrets));
    }

    /** A core with what drains may know of their node. */
    public SupervisedDrain(Path folder, DrainType type, String uri, Clock clock, DrainEnvironment environment)
            throws IOException {
        drains = new SupervisedDrains(folder, List.of(type), Map.of(NAME, uri), clock, environment);
    }

    /**
     * By this clock 21 minutes have passed whenever somebody looks, so that each failure counts as the first and the
     * target is opened again at once. To look takes a moment, or else attempts would fill the log.
     */
    public static Clock impatient() {
        return new LeapingClock();
    }

    private static final class LeapingClock extends Clock {
        private static final Duration LEAP = Duration.ofMinutes(21);
        private static final long MOMENT_NANOS = 3_000_000;

        private final AtomicInteger leaps = new AtomicInteger();

        @Override
        public Instant instant() {
            LockSupport.parkNanos(MOMENT_NANOS);
            return Instant.EPOCH.plus(LEAP.multipliedBy(leaps.incrementAndGet()));
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** An event comes in. */
    public void event(String key, String value) throws IOException {
        drains.event(key, value);
    }

    /** A frame comes in. */
    public void frame(byte[] frame) throws IOException {
        drains.frame(frame);
    }

    /** How it is; what holds of its numbers at any moment has been checked. */
    public DrainStatus status() {
        return drains.status().get(NAME);
    }

    /** Such as {@code RETRYING: dial tcp …: connection refused}. */
    public String state() {
        return status().state().label()
                + status().state().reasonIfAny().map(reason -> ": " + reason).orElse("");
    }

    @Override
    public void close() throws IOException {
        drains.close();
    }
}
