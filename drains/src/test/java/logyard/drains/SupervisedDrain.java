package logyard.drains;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainType;
import logyard.core.drain.DrainTypes;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.router.Router;
import logyard.core.supervision.DrainStatus;
import logyard.core.supervision.DrainSupervisor;

/** A drain as it runs in the core, from the journal to its target. */
public final class SupervisedDrain implements AutoCloseable {
    private static final String NAME = "mine";

    private final Journal journal;
    private final Router router;
    private final DrainSupervisor supervisor;

    public SupervisedDrain(Path folder, DrainType type, String uri, Clock clock) throws IOException {
        this(folder, type, uri, clock, List.of());
    }

    /** @param allowed folders below which it may write files */
    public SupervisedDrain(Path folder, DrainType type, String uri, Clock clock, List<Path> allowed)
            throws IOException {
        journal = Journal.open(JournalOptions.of(folder, 1 << 30, 0), Clock.systemUTC());
        router = new Router(journal, 1 << 20, Runnable::run);
        var tree = new InMemoryConfigTree();
        tree.set(ConfigPath.LOGYARD, JsonNodeFactory.instance.objectNode().put("schema", 1));
        tree.set(ConfigPath.DRAINS.child(NAME), TextNode.valueOf(uri));
        supervisor = new DrainSupervisor(
                tree,
                "10.0.0.5",
                router,
                Map.of(),
                journal.end(),
                new DrainTypes(List.of(type)),
                new DrainEnvironment(allowed, () -> ""),
                clock);
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
        byte[] frame = (key + " " + value).getBytes(StandardCharsets.UTF_8);
        router.route(journal.append(frame), frame);
        journal.flush();
        router.wake();
    }

    public DrainStatus status() {
        return supervisor.status().get(NAME);
    }

    /** Such as {@code RETRYING: dial tcp …: connection refused}. */
    public String state() {
        return status().state().label()
                + status().state().reasonIfAny().map(reason -> ": " + reason).orElse("");
    }

    @Override
    public void close() throws IOException {
        supervisor.close();
        journal.close();
    }
}
