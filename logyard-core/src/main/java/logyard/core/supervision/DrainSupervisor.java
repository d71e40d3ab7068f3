package logyard.core.supervision;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.ConfigTree;
import logyard.config.MapDiff;
import logyard.core.daemon.NamedThreads;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.InvalidDrainException;
import logyard.core.router.Cursors;
import logyard.core.router.DrainFeed;
import logyard.core.router.FeedCursor;
import logyard.core.router.Router;
import logyard.core.supervision.DrainStateMachine.Surroundings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the drains that the tree defines: starts what is new, makes anew what is different, stops what is gone, and
 * leaves all others alone. Everything happens on the thread {@code supervisor}, which never waits for a target.
 */
public final class DrainSupervisor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DrainSupervisor.class);

    private static final Duration TICK = Duration.ofMillis(500);

    /** How often the numbers of a drain that does not change its state are shown. */
    private static final int TICKS_PER_SHOW = 4;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    private final Router router;
    private final Map<String, Cursors.Saved> saved;
    private final long bootPosition;
    private final Surroundings surroundings;
    private final ScheduledExecutorService supervisor = NamedThreads.scheduler("supervisor");
    private final StatusBoard board;
    private final ConfigTree.Watch watch;

    /** The feeds that have a cursor to be saved, with what their drain wants. */
    private final Map<String, Wanted> feeds = new ConcurrentHashMap<>();

    private record Wanted(DrainFeed feed, List<String> filters) {}

    // On the supervisor's thread only:
    private final SortedMap<String, DrainStateMachine> machines = new TreeMap<>();
    private final Map<String, CompletableFuture<Void>> stopping = new TreeMap<>();
    private SortedMap<String, DrainDefinition> definitions = new TreeMap<>();
    private RetryLimits limits = RetryLimits.NONE;
    private boolean first = true;
    private int changes;
    private int ticks;

    /**
     * Starts what the tree defines, as soon as it says so.
     *
     * @param saved where drains stood when this node was last up
     * @param bootPosition where the journal ended when this process started: where drains begin that are found at the
     *     start and have no cursor, so that they have what came in since
     */
    public DrainSupervisor(
            ConfigTree tree,
            String node,
            Router router,
            Map<String, Cursors.Saved> saved,
            long bootPosition,
            DrainTypes types,
            DrainEnvironment environment,
            Clock clock) {
        this.router = router;
        this.saved = new ConcurrentHashMap<>(saved);
        this.bootPosition = bootPosition;
        this.surroundings = new Surroundings(types, environment, supervisor, clock);
        this.board = new StatusBoard(tree, node);
        supervisor.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        this.watch = tree.watch(ConfigPath.LOGYARD, config -> supervisor.execute(() -> apply(config)));
    }

    private void apply(ConfigSubtree config) {
        limits = new RetryLimits(DrainDefinition.texts(config.below("retrylimits")));
        SortedMap<String, DrainDefinition> wanted = DrainDefinition.all(config);
        List<MapDiff.Change<DrainDefinition>> differences = MapDiff.between(definitions, wanted);
        if (!differences.isEmpty()) {
            changes++;
            log.info(
                    "[CONFIG.{}] {}",
                    changes,
                    differences.stream()
                            .map(change -> change.kind() + " " + change.name())
                            .toList());
        }
        definitions = wanted;
        Map<String, String> formats = DrainDefinition.texts(config.below("drainformats"));
        for (MapDiff.Change<DrainDefinition> change : differences) {
            String name = change.name();
            stop(name).thenRun(() -> begin(name, formats));
        }
        first = false;
    }

    /** Stops a drain if there is one; it is gone when the future completes, on the supervisor's thread. */
    private CompletableFuture<Void> stop(String name) {
        DrainStateMachine machine = machines.remove(name);
        if (machine != null) {
            CompletableFuture<Void> stopped = machine.stop().thenRun(() -> remember(name, machine));
            stopping.put(name, stopped);
            return stopped;
        }
        return stopping.getOrDefault(name, CompletableFuture.completedFuture(null));
    }

    /** Keeps where a drain stood, in case it goes on under the same name. */
    private void remember(String name, DrainStateMachine machine) {
        stopping.remove(name);
        Wanted wanted = feeds.remove(name);
        if (wanted != null && machine.feed().isPresent()) {
            saved.put(name, new Cursors.Saved(wanted.feed().cursor(), wanted.filters()));
        }
    }

    /** Starts a drain that is not running, if by now it is still defined; else forgets it. */
    private void begin(String name, Map<String, String> formats) {
        DrainDefinition definition = definitions.get(name);
        if (definition == null) {
            board.remove(name);
            saved.remove(name);
            return;
        }
        if (machines.containsKey(name)) {
            return;
        }
        RetryLimits.Choice limit = limits.choose(name);
        limit.problem().ifPresent(problem -> log.error("[drain:{}] {}", name, problem));
        try {
            if (definition.problem().isPresent()) {
                throw new InvalidDrainException(definition.problem().get());
            }
            DrainSpec spec = surroundings.types().check(name, definition.uri(), formats, surroundings.environment());
            DrainFeed feed = feed(name, spec);
            machine(name, Optional.of(spec), Optional.of(feed), limit).start();
        } catch (InvalidDrainException e) {
            machine(name, Optional.empty(), Optional.empty(), limit).refuse(e.reason());
        } catch (IOException e) {
            machine(name, Optional.empty(), Optional.empty(), limit)
                    .refuse("cannot read the journal: " + e.getMessage());
        }
    }

    private DrainStateMachine machine(
            String name, Optional<DrainSpec> spec, Optional<DrainFeed> feed, RetryLimits.Choice limit) {
        var machine = new DrainStateMachine(
                name,
                spec,
                feed,
                new ProgressiveRetry(limit.limit()),
                surroundings,
                status -> board.show(name, status));
        machines.put(name, machine);
        return machine;
    }

    private DrainFeed feed(String name, DrainSpec spec) throws IOException {
        Cursors.Saved known = saved.remove(name);
        FeedCursor start;
        if (known == null) {
            start = FeedCursor.startingAt(first ? bootPosition : router.end());
        } else if (known.filters().equals(spec.uri().filters())) {
            start = known.cursor();
        } else { // it wants other events from now on: those it had wanted and not got are no loss of the new drain
            FeedCursor old = known.cursor();
            start = new FeedCursor(old.position(), old.account(), old.account().settled(), old.position());
        }
        DrainFeed feed = router.add(spec.prefixes(), start);
        feeds.put(name, new Wanted(feed, spec.uri().filters()));
        return feed;
    }

    private void tick() {
        ticks++;
        for (var machine : machines.entrySet()) {
            machine.getValue().tick();
            if (ticks % TICKS_PER_SHOW == 0) {
                board.show(machine.getKey(), machine.getValue().status());
            }
        }
    }

    /** Where every drain stands that has a place in the journal, to be saved. Any thread. */
    public Map<String, Cursors.Saved> cursors() {
        Map<String, Cursors.Saved> cursors = new TreeMap<>(saved);
        feeds.forEach((name, wanted) ->
                cursors.put(name, new Cursors.Saved(wanted.feed().cursor(), wanted.filters())));
        return cursors;
    }

    /** How each drain is, by name. Waits for the supervisor, at most 5 s. */
    public SortedMap<String, DrainStatus> status() {
        var asked = CompletableFuture.supplyAsync(
                () -> {
                    SortedMap<String, DrainStatus> all = new TreeMap<>();
                    machines.forEach((name, machine) -> all.put(name, machine.status()));
                    return all;
                },
                supervisor);
        try {
            return asked.get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TreeMap<>();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The supervisor does not answer", e);
        }
    }

    private void stopAll(CompletableFuture<Void> stopped) {
        CompletableFuture<?>[] all =
                List.copyOf(machines.keySet()).stream().map(this::stop).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).thenRun(() -> stopped.complete(null));
    }

    /** Stops every drain and takes its status out of the tree; the definitions stay. Returns within 10 s. */
    @Override
    public void close() {
        if (supervisor.isShutdown()) {
            return;
        }
        watch.close();
        var stopped = new CompletableFuture<Void>();
        supervisor.execute(() -> stopAll(stopped));
        try {
            stopped.get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.error("Not every drain stopped within {} s", STOP_LIMIT.toSeconds());
        }
        supervisor.execute(board::close);
        NamedThreads.stop(supervisor);
    }
}
