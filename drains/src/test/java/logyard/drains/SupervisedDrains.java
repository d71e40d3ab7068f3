package logyard.drains;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.daemon.NamedThreads;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainType;
import logyard.core.drain.DrainTypes;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.router.CursorNotes;
import logyard.core.router.NamedFeeds;
import logyard.core.router.Router;
import logyard.core.supervision.Accounts;
import logyard.core.supervision.DrainStatus;
import logyard.core.supervision.DrainSupervisor;

/** Drains as they run in the core, from the journal to their targets. */
public final class SupervisedDrains implements AutoCloseable {
    private final ExecutorService counting = NamedThreads.single("drain-backlog");
    private final InMemoryConfigTree tree = new InMemoryConfigTree();
    private final Journal journal;
    private final Router router;
    private final DrainSupervisor supervisor;

    /**
     * A core.
     *
     * @param folder for the journal
     * @param defined the drains there are from the beginning, by name; they get what comes in from now on
     * @param allowed where file drains may write
     */
    public SupervisedDrains(
            Path folder, List<DrainType> types, Map<String, String> defined, Clock clock, Path... allowed)
            throws IOException {
        this(folder, types, defined, clock, new DrainEnvironment(List.of(allowed), () -> ""));
    }

    /** A core with what drains may know of their node. */
    public SupervisedDrains(
            Path folder, List<DrainType> types, Map<String, String> defined, Clock clock, DrainEnvironment environment)
            throws IOException {
        journal = Journal.open(JournalOptions.of(folder, 1 << 30, 0), Clock.systemUTC());
        router = new Router(journal, 1 << 20, counting);
        tree.set(ConfigPath.LOGYARD, JsonNodeFactory.instance.objectNode().put("schema", 1));
        defined.forEach(this::define);
        supervisor = new DrainSupervisor(
                tree,
                "10.0.0.5",
                router,
                new NamedFeeds(router, CursorNotes.none(Map.of()), entered -> {}),
                journal.end(),
                new DrainTypes(types),
                environment,
                clock);
    }

    /** Adds a drain, or changes it. */
    public final void define(String name, String uri) {
        tree.set(ConfigPath.DRAINS.child(name), TextNode.valueOf(uri));
    }

    public void delete(String name) {
        tree.delete(ConfigPath.DRAINS.child(name));
    }

    /** An event comes in. */
    public void event(String key, String value) throws IOException {
        frame((key + " " + value).getBytes(StandardCharsets.UTF_8));
    }

    /** A frame comes in, one event or a batch. */
    public void frame(byte[] frame) throws IOException {
        router.route(journal.append(frame), frame);
        journal.flush();
        router.wake();
    }

    /**
     * How each drain is; what holds of its numbers at any moment has been checked. A supervisor that answers late, as
     * while it starts a thousand, can be waited for.
     */
    public SortedMap<String, DrainStatus> status() {
        SortedMap<String, DrainStatus> status;
        try {
            status = supervisor.status();
        } catch (IllegalStateException e) {
            throw new AssertionError(e);
        }
        status.values().forEach(Accounts::balanced);
        return status;
    }

    /** How many drains are running. */
    public long running() {
        return status().values().stream()
                .filter(status -> status.state().label().equals("RUNNING"))
                .count();
    }

    @Override
    public void close() throws IOException {
        supervisor.close();
        NamedThreads.stop(counting);
        journal.close();
    }
}
