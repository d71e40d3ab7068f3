package logyard.core.supervision;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.ConfigTree;
import logyard.config.MapDiff;
import logyard.config.WrittenSubtree;
import logyard.core.daemon.NamedThreads;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.InvalidDrainException;
import logyard.core.router.Cursors;
import logyard.core.router.NamedFeeds;
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
    private final long bootPosition;
    private final NamedFeeds feeds;
    private final Surroundings surroundings;
    private final ScheduledExecutorService supervisor = NamedThreads.scheduler("supervisor");
    private final StatusBoard board;
    private final ConfigTree.Watch watch;

    // On the supervisor's thread only:
    private final SortedMap<String, DrainStateMachine> machines = new TreeMap<>();
    private final Map<String, CompletableFuture<Void>> stopping = new TreeMap<>();
    private SortedMap<String, DrainDefinition> definitions = new TreeMap<>();
    private SortedMap<String, Long> writes = new TreeMap<>();
    private Map<String, String> formats = Map.of();
    private RetryLimits limits = RetryLimits.NONE;
    private boolean first = true;
    private final CompletableFuture<Void> applied = new CompletableFuture<>();
    private boolean closing;
    private volatile long tickNanos = System.nanoTime();
    private int changes;
    private int ticks;

    /**
     * Starts what the tree defines, as soon as it says so.
     *
     * @param feeds where drains stand, and stood when this node was last up
     * @param bootPosition where the journal ended when this process started: where drains begin that are found at the
     *     start and have no cursor, so that they have what came in since
     */
    public DrainSupervisor(
            ConfigTree tree,
            String node,
            Router router,
            NamedFeeds feeds,
            long bootPosition,
            DrainTypes types,
            DrainEnvironment environment,
            Clock clock) {
        this.router = router;
        this.bootPosition = bootPosition;
        this.feeds = feeds;
        this.surroundings = new Surroundings(
                node,
                types,
                environment,
                supervisor,
                clock,
                new RetryPace(() -> ThreadLocalRandom.current().nextDouble()));
        this.board = new StatusBoard(tree, node);
        supervisor.scheduleAtFixedRate(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        this.watch = tree.watchWrites(ConfigPath.LOGYARD, config -> supervisor.execute(() -> apply(config)));
    }

    private void apply(WrittenSubtree written) {
        ConfigSubtree config = written.content();
        limit(new RetryLimits(DrainDefinition.texts(config.below("retrylimits"))));
        formats = DrainDefinition.texts(config.below("drainformats"));
        SortedMap<String, DrainDefinition> wanted = DrainDefinition.all(config);
        SortedSet<String> names = differences(wanted);
        names.addAll(fatalAndWrittenAgain(written.writes()));
        definitions = wanted;
        writes = written.writes();
        if (!written.isRemembered()) {
            feeds.forgetOthers(wanted.keySet());
        }
        enter(names);
        names.forEach(this::makeAnew);
        first = false;
        applied.complete(null);
    }

    /**
     * Waits until it is known which drains there are, and saved where they begin: whoever lets events in only then loses
     * none of theirs, even if killed in the next moment.
     *
     * @return false if the tree did not say so in time; drains then begin where this process did, once it does
     */
    public boolean awaitApplied(Duration patience) throws InterruptedException {
        try {
            applied.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has {@code action} done when it is known which drains there are and they were begun; it must not wait. */
    public void onApplied(Runnable action) {
        applied.thenRun(action);
    }

    /** Lets new drains begin here and now, whatever becomes of this process before they run. */
    private void enter(Set<String> names) {
        for (String name : names) {
            DrainDefinition definition = definitions.get(name);
            if (definition != null) {
                try {
                    enter(name, check(name, definition));
                } catch (RuntimeException | LinkageError e) {
                    // which is said when it is to be started
                }
            }
        }
        feeds.saveEntered();
    }

    private void enter(String name, DrainSpec spec) {
        feeds.enter(name, spec.uri().filters(), () -> beginning(name, spec));
    }

    /** Here and now, unless the drain wants some of what is over: then as far back as the journal goes. */
    private long beginning(String name, DrainSpec spec) {
        long now = first ? bootPosition : router.end();
        Optional<Instant> since = spec.since();
        try {
            if (since.isPresent()) {
                router.keptSince().filter(since.get()::isBefore).ifPresent(oldest -> board.begins(name, oldest));
                return Math.min(router.positionAt(since.get()), now);
            }
            return spec.last() > 0 ? Math.min(router.positionOfLast(spec.prefixes(), spec.last()), now) : now;
        } catch (IOException e) {
            log.error("[drain:{}] Begins now, as the journal cannot be read: {}", name, e.getMessage());
            return now;
        }
    }

    /** The drains that are new, different or gone. */
    private SortedSet<String> differences(SortedMap<String, DrainDefinition> wanted) {
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
        return differences.stream().map(MapDiff.Change::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Gives up those drains of which something is in the way by now that was not when they were begun. Any thread. */
    public void checkAgain() {
        supervisor.execute(() -> {
            List<String> refused = machines.entrySet().stream()
                    .filter(machine -> !machine.getValue().isFatal() && isRefused(machine.getKey()))
                    .map(Map.Entry::getKey)
                    .toList();
            refused.forEach(this::makeAnew); // which says why
        });
    }

    private boolean isRefused(String name) {
        DrainDefinition definition = definitions.get(name);
        if (definition == null) {
            return false; // it is about to go
        }
        try {
            DrainSpec unused = check(name, definition);
            return false;
        } catch (RuntimeException | LinkageError e) {
            return true;
        }
    }

    /** Who writes once more what a drain is that has been given up wants it to be tried again. */
    private SortedSet<String> fatalAndWrittenAgain(SortedMap<String, Long> written) {
        SortedSet<String> again = new TreeSet<>();
        machines.forEach((name, machine) -> {
            String place = "drains/" + name;
            if (machine.isFatal() && !Objects.equals(writes.get(place), written.get(place))) {
                again.add(name);
            }
        });
        return again;
    }

    private void limit(RetryLimits changed) {
        if (!changed.equals(limits)) {
            limits = changed;
            machines.forEach((name, machine) -> machine.limitRetries(retryLimit(name)));
        }
    }

    private Duration retryLimit(String name) {
        RetryLimits.Choice choice = limits.choose(name);
        choice.problem().ifPresent(problem -> log.error("[drain:{}] {}", name, problem));
        return choice.limit();
    }

    private void makeAnew(String name) {
        stop(name).thenRun(() -> begin(name)).exceptionally(bug -> {
            log.error("[drain:{}] Cannot be made anew by a bug", name, bug);
            return null;
        });
    }

    /** Stops a drain if there is one; it is gone when the future completes, on the supervisor's thread. */
    private CompletableFuture<Void> stop(String name) {
        DrainStateMachine machine = machines.remove(name);
        if (machine != null) {
            CompletableFuture<Void> stopped = machine.stop(closing ? StopPatience.WITH_THE_CORE : StopPatience.ALONE)
                    .thenRun(() -> {
                        stopping.remove(name);
                        feeds.closed(name);
                    });
            if (!stopped.isDone()) {
                stopping.put(name, stopped);
            }
            return stopped;
        }
        return stopping.getOrDefault(name, CompletableFuture.completedFuture(null));
    }

    /** Starts a drain that is not running, if by now it is still defined; else forgets it. */
    private void begin(String name) {
        if (closing || machines.containsKey(name)) {
            return;
        }
        DrainDefinition definition = definitions.get(name);
        if (definition == null) {
            board.remove(name);
            feeds.forget(name);
            return;
        }
        var machine = new DrainStateMachine(
                name,
                spec -> feeds.open(name, spec.uri().filters(), spec.prefixes()),
                new ProgressiveRetry(retryLimit(name)),
                surroundings,
                status -> board.show(name, status));
        machines.put(name, machine);
        try {
            DrainSpec spec = check(name, definition);
            tellUnknown(name, spec);
            enter(name, spec);
            machine.start(spec);
        } catch (InvalidDrainException e) {
            machine.refuse(e.reason());
        } catch (RuntimeException | LinkageError e) { // its type may come from a third party
            log.error("[drain:{}] Failed by a bug", name, e);
            machine.refuse("internal error: " + e);
        }
    }

    private void tellUnknown(String name, DrainSpec spec) {
        SortedSet<String> unknown = surroundings.types().unknownParameters(spec);
        if (!unknown.isEmpty()) {
            log.warn(
                    "[drain:{}] Ignoring what {} drains do not know: {}",
                    name,
                    spec.uri().scheme(),
                    String.join(", ", unknown));
        }
    }

    private DrainSpec check(String name, DrainDefinition definition) {
        if (definition.problem().isPresent()) {
            throw new InvalidDrainException(definition.problem().get());
        }
        return surroundings.types().check(name, definition.uri(), formats, surroundings.environment());
    }

    private void tick() {
        ticks++;
        long now = System.nanoTime();
        tickNanos = now;
        for (var machine : machines.entrySet()) {
            machine.getValue().tick(now);
            if (ticks % TICKS_PER_SHOW == 0) {
                board.show(machine.getKey(), machine.getValue().status());
            }
        }
    }

    /** Where every drain stands that has a place in the journal, to be saved. Any thread. */
    public Map<String, Cursors.Saved> cursors() {
        return feeds.cursors();
    }

    /**
     * When the oldest event came in that a drain has not settled; empty if there is none. Any thread but those that carry
     * events, as it reads the journal.
     *
     * @throws IOException if that cannot be read
     */
    public Optional<Instant> oldestPending(String drain) throws IOException {
        return feeds.oldestPending(drain);
    }

    /** How each drain is, by name; if the supervisor is so busy that it does not answer within 5 s, as shown last. */
    public SortedMap<String, DrainStatus> status() {
        var asked = CompletableFuture.supplyAsync(
                () -> {
                    SortedMap<String, DrainStatus> all = new TreeMap<>();
                    machines.forEach((name, machine) -> all.put(name, statusOf(name, machine)));
                    return all;
                },
                supervisor);
        try {
            return asked.get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TreeMap<>();
        } catch (TimeoutException e) {
            return board.shown();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The supervisor cannot answer", e);
        }
    }

    /** With what came of its events before it was opened, too: numbers that only grow must not begin at nothing. */
    private DrainStatus statusOf(String name, DrainStateMachine machine) {
        DrainStatus status = machine.status();
        return machine.hasFeed()
                ? status
                : feeds.closedCursor(name).map(status::at).orElse(status);
    }

    /** How long ago its thread last looked after the drains: about half a second, unless it hangs. Any thread. */
    public Duration sinceLastTick() {
        return Duration.ofNanos(System.nanoTime() - tickNanos);
    }

    private void stopAll(CompletableFuture<Void> stopped) {
        closing = true; // what is stopping just now begins no more (09 F-31)
        List.copyOf(machines.keySet()).forEach(this::stop);
        CompletableFuture.allOf(stopping.values().toArray(CompletableFuture[]::new))
                .thenRun(() -> stopped.complete(null));
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
