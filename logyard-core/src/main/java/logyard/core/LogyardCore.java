package logyard.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.FolderLock;
import logyard.core.bus.Acknowledger;
import logyard.core.bus.Bus;
import logyard.core.bus.Ingest;
import logyard.core.bus.PendingAcknowledgements;
import logyard.core.daemon.Daemon;
import logyard.core.daemon.NamedThreads;
import logyard.core.daemon.NodeId;
import logyard.core.daemon.Registration;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.core.daemon.metrics.Vitals;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.EventSources;
import logyard.core.figures.BusMetrics;
import logyard.core.figures.DrainMetrics;
import logyard.core.figures.FiguresBoard;
import logyard.core.figures.FiguresSource;
import logyard.core.figures.JournalMetrics;
import logyard.core.figures.StreamMetrics;
import logyard.core.figures.SubscriberMetrics;
import logyard.core.journal.Commit;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalIdentity;
import logyard.core.journal.JournalOptions;
import logyard.core.router.CursorNotes;
import logyard.core.router.Cursors;
import logyard.core.router.NamedFeeds;
import logyard.core.router.Router;
import logyard.core.subscriber.Subscribers;
import logyard.core.supervision.DrainSupervisor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core of a node, put together: bus, journal, router and drains. It takes in events as soon as it is made, whether
 * or not the tree can be reached.
 */
public final class LogyardCore implements AutoCloseable {
    /** Under which the core is listed in the tree. */
    public static final String PROCESS = "logyard";

    private static final Logger log = LoggerFactory.getLogger(LogyardCore.class);

    /** How long a start waits to know which drains there are; without a snapshot and ZooKeeper nobody knows. */
    private static final Duration DRAINS_LIMIT = Duration.ofSeconds(2);

    private final Daemon parts = new Daemon("core");

    private LogyardCore() {}

    /**
     * Starts a core.
     *
     * @param types closed with the core
     * @throws IOException if the journal cannot be opened
     * @throws logyard.core.bus.BusException if the bus cannot be bound
     */
    public static LogyardCore start(Settings settings, ConfigTree tree, DrainTypes types) throws IOException {
        return start(settings, tree, types, new Vitals());
    }

    /**
     * The same where somebody wants to know how it is.
     *
     * @param vitals are told
     */
    public static LogyardCore start(Settings settings, ConfigTree tree, DrainTypes types, Vitals vitals)
            throws IOException {
        var core = new LogyardCore();
        try {
            core.putTogether(settings, tree, types, vitals);
            return core;
        } catch (IOException | RuntimeException e) {
            core.close();
            throw e;
        }
    }

    private void putTogether(Settings settings, ConfigTree tree, DrainTypes types, Vitals vitals) throws IOException {
        String node = NodeId.of(settings);
        Registration registration = parts.closeAtExit(new Registration(tree, node, PROCESS));
        Path state = settings.path(Setting.STATE_DIR);
        Duration sync = settings.duration(Setting.JOURNAL_SYNC);
        long maxBytes = settings.bytes(Setting.JOURNAL_MAX_BYTES);
        Path store = maxBytes > 0 ? state : inMemory(state);
        Cursors cursors = Cursors.load(store.resolve("cursors.json"));

        parts.closeAtExit(types);
        Bus bus = parts.closeAtExit(new Bus(settings.bus()));
        Files.createDirectories(store);
        Journal journal = parts.closeAtExit(Journal.open(
                maxBytes > 0
                        ? JournalOptions.of(
                                store.resolve("journal"), maxBytes, settings.bytes(Setting.JOURNAL_MIN_FREE_BYTES))
                        : JournalOptions.of(store.resolve("journal"), MemoryFolder.BYTES, 0),
                Clock.systemUTC()));
        if (maxBytes > 0) {
            MemoryFolder.removeLeftovers(state);
        }
        UUID identity = JournalIdentity.of(store.resolve("journal"));
        boolean areLost = areLost(cursors, journal);
        CursorNotes notes =
                parts.closeAtExit(CursorNotes.open(store.resolve("cursors.notes"), identity, journal.end(), cursors));
        long bootPosition = areLost ? journal.first() : journal.end();
        ExecutorService counting = NamedThreads.single("drain-backlog");
        parts.closeAtExit(() -> NamedThreads.stop(counting));
        Router router = new Router(journal, Router.DEFAULT_WINDOW_BYTES, counting);

        var mbusIp = new AtomicReference<String>("");
        ConfigTree.Watch address = tree.watch(
                ConfigPath.MBUS_IP,
                value -> mbusIp.set(value.value("").map(JsonNode::asText).orElse("")));
        var sources = new AtomicReference<Set<Path>>(Set.of());
        var supervised = new CompletableFuture<DrainSupervisor>();
        ConfigTree.Watch followed = tree.watch(ConfigPath.SYSTAIL, systail -> {
            sources.set(EventSources.of(systail, settings));
            supervised.thenAccept(DrainSupervisor::checkAgain);
        });
        var saving = new CursorSaving(journal, cursors);
        var supervisor = new DrainSupervisor(
                tree,
                node,
                router,
                new NamedFeeds(router, notes.drains(), saving::saveNewDrains),
                bootPosition,
                types,
                DrainEnvironment.of(settings, sources::get, mbusIp::get),
                Clock.system(ZoneId.systemDefault()));
        saving.drains(supervisor::cursors);
        supervised.complete(supervisor);
        Subscribers subscribers = Subscribers.start(
                bus,
                journal,
                identity,
                new NamedFeeds(router, notes.subscribers(), saving::saveNewSubscribers),
                () -> areLost ? journal.first() : router.end());
        saving.subscribers(subscribers::cursors);
        journal.unread(saving::unread);
        var pending = new PendingAcknowledgements(() -> {}); // the next commit is soon enough
        Commit commit = parts.closeAtExit(Commit.start(
                journal,
                sync,
                () -> new CommitDuties(
                        new Acknowledger(bus, UUID.randomUUID().toString()), pending, saving, subscribers::synced)));
        router.onSettled(commit::readFurther);
        parts.closeAtExit(subscribers);
        parts.closeAtExit(address);
        parts.closeAtExit(supervisor);
        parts.closeAtExit(followed);
        awaitDrains(supervisor);
        var path = new EventPath(journal, router, commit);
        Ingest ingest = parts.closeAtExit(Ingest.start(bus, path, journal.positions(), pending));
        var figures = new FiguresSource(router, supervisor, Clock.systemUTC());
        parts.closeAtExit(new FiguresBoard(tree, node, figures::now));
        supervisor.onApplied(registration::ready);
        parts.closeAtExit(vitals.add())
                .isDaemon(PROCESS, registration::isReady)
                .hasThread("logyard.ingest", ingest::sinceLastRound)
                .hasThread("logyard.commit", commit.counters()::sinceLastRound)
                .hasThread("logyard.supervisor", supervisor::sinceLastTick)
                .hasThread("logyard.subscribers", subscribers::sinceLastRound)
                .must("made the journal safe", "logyard.journal", commit.counters()::sinceLastSafe)
                .measures(new StreamMetrics(router))
                .measures(new DrainMetrics(figures))
                .measures(new SubscriberMetrics(subscribers))
                .measures(new JournalMetrics(journal, commit.counters(), path::refusedFrames))
                .measures(new BusMetrics(ingest));
        parts.closeAtExit(registration); // first: what is being stopped is not ready any more
    }

    /** Whether nobody knows where drains and subscribers stood: what was kept for them is theirs then. */
    private static boolean areLost(Cursors cursors, Journal journal) {
        boolean areGone = !cursors.isThere() && journal.first() < journal.end();
        if (areGone || cursors.wereLost()) {
            log.error("Where drains and subscribers stood is lost: they get everything again that is in the journal");
            return true;
        }
        return false;
    }

    /** Where the journal and the cursors are that go with the core; those on disk are left alone, but nobody else's. */
    private Path inMemory(Path state) throws IOException {
        Path onDisk = Files.createDirectories(state.resolve("journal"));
        parts.closeAtExit(FolderLock.take(onDisk));
        log.warn(
                "Keeping the journal in memory, as journal.max_bytes=0 says: what no drain has got is lost when this ends");
        MemoryFolder.removeLeftovers(state);
        return parts.closeAtExit(MemoryFolder.create(state)).path();
    }

    private static void awaitDrains(DrainSupervisor supervisor) {
        try {
            if (!supervisor.awaitApplied(DRAINS_LIMIT)) {
                log.warn("Nobody says yet which drains there are, taking in events nevertheless");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
