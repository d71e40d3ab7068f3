package logyard.core.appcopy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import logyard.config.FolderLock;
import logyard.config.ThreadEnd;
import logyard.core.bus.AckedPublisher;
import logyard.core.bus.Bus;
import logyard.core.bus.Missed;
import logyard.core.bus.WarningLimit;
import logyard.core.daemon.NodeId;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.core.event.Message;
import logyard.core.relay.Relay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the events of this node that are about an application among the application's own lines, too, as {@code
 * apptail.<app>}. Every process that could do it starts one; the one that has the lock in {@code <state.dir>/app_copies}
 * does it, so that no event is copied twice, and another goes on within a second when that one ends.
 *
 * <p>Each event is copied once, whichever of them does it: they read under one name. On a thread of its own, {@code
 * app-events}; any thread may close it.
 */
public final class AppEventCopier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AppEventCopier.class);

    /** How soon it notices that it is closed, or not wanted any more. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /** Somebody else reads under the name, who has not our lock: so long it is left to them. */
    private static final Duration AFTER_ANOTHER = Duration.ofMinutes(1);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final String FOLDER = "app_copies";

    /** The name they read under. */
    private static final String SUBSCRIBER = "app_events";

    /**
     * Who copies.
     *
     * @param name as which {@code publisher} publishes
     */
    public record Client(String name, Bus bus, AckedPublisher publisher) {}

    private final Path folder;
    private final Client client;
    private final AppEventReader reader;
    private final AppLineOutlet outlet;
    private final BooleanSupplier wanted;
    private final Thread thread = new Thread(this::run, "app-events");
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final WarningLimit malformedWarnings = new WarningLimit(System::nanoTime);
    private final WarningLimit lossWarnings = new WarningLimit(System::nanoTime);
    private final LongAdder copied = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private boolean warnedOfTheFolder; // of the thread "app-events"

    private AppEventCopier(
            Path folder, Client client, AppEventReader reader, AppLineOutlet outlet, BooleanSupplier wanted) {
        this.folder = folder;
        this.client = client;
        this.reader = reader;
        this.outlet = outlet;
        this.wanted = wanted;
    }

    /**
     * Starts copying, or waiting for its turn. The core need not run.
     *
     * @param brand what the cluster calls itself, any thread may ask
     * @param wanted whether this process is to copy; asked again and again
     */
    public static AppEventCopier start(
            Settings settings, Client client, Supplier<String> brand, BooleanSupplier wanted) {
        var copier = new AppEventCopier(
                settings.path(Setting.STATE_DIR).resolve(FOLDER),
                client,
                new AppEventReader(brand),
                new AppLineOutlet(NodeId.of(settings), ZoneId.systemDefault()),
                wanted);
        copier.thread.start();
        return copier;
    }

    private void run() {
        do {
            if (wanted.getAsBoolean()) {
                takeTurn();
            }
        } while (!stopsWithin(ASK_AGAIN));
    }

    private boolean stopsWithin(Duration time) {
        try {
            return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void takeTurn() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            if (!warnedOfTheFolder) {
                log.warn("Copying no events about applications, {} cannot be made: {}", folder, e.toString());
            }
            warnedOfTheFolder = true;
            return;
        }
        try (var unused = FolderLock.take(folder)) {
            log.info("Copying events about applications into their streams");
            copy();
        } catch (IOException e) {
            log.debug("Another process copies events about applications: {}", e.getMessage());
        }
    }

    private void copy() {
        var names = new Relay.Names(SUBSCRIBER, client.name());
        try (var relay = new Relay(
                client.bus(), names, AppEventReader.prefixes(), client.publisher(), new Copying(), () -> {})) {
            while (wanted.getAsBoolean() && relay.over().isEmpty() && !stopsWithin(Duration.ZERO)) {
                relay.relayNext(PATIENCE);
            }
            if (relay.over().isPresent()) {
                boolean unused = stopsWithin(AFTER_ANOTHER);
            }
        }
    }

    private final class Copying implements Relay.Maker {
        @Override
        public void make(Message event, Relay.Output output) {
            try {
                Optional<AppLine> line = reader.read(event);
                if (line.isPresent()) {
                    outlet.add(line.get(), output);
                    copied.increment();
                }
            } catch (MalformedAppEventException e) {
                malformed.increment();
                if (malformedWarnings.isDue()) {
                    log.warn(
                            "Not copying an event to its application, {} such since the start: {}",
                            malformed(),
                            e.getMessage());
                }
            }
        }

        @Override
        public void missed(Missed events) {
            lost.add(events.events());
            if (lossWarnings.isDue()) {
                log.error("Lost events about applications before they were copied, {} since the start", lost());
            }
        }
    }

    /** Events that were copied since the start. */
    public long copied() {
        return copied.sum();
    }

    /** Events that did not say clearly of which application they are. */
    public long malformed() {
        return malformed.sum();
    }

    /** Events that were gone from the journal before they were copied. */
    public long lost() {
        return lost.sum();
    }

    /** Lets another process have its turn. */
    @Override
    public void close() {
        stopping.countDown();
        boolean unused = ThreadEnd.await(thread, STOP_LIMIT);
    }
}
