package logyard.core.daemon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;

/**
 * Shows in the tree that a process runs, for as long as it does, and whether it is ready: {@code
 * /proc/logyard/running/<node>/<process>}, in the state STARTING until {@link #ready} is called. Any thread.
 */
public final class Registration implements AutoCloseable {
    /** The state of a process that has started completely. */
    public static final String RUNNING = "RUNNING";

    /** The state of a process that has not started completely yet. */
    public static final String STARTING = "STARTING";

    /** Of problems that are shown: more would fill the tree. */
    private static final int MOST_PROBLEMS = 20;

    private static final int MOST_CHARACTERS = 300;

    private final ConfigTree tree;
    private final ConfigPath place;
    private final Clock clock;

    // Guarded by this:
    private final ObjectNode json;
    private ConfigTree.Publication publication;
    private boolean isReady;
    private boolean isClosed;

    /** Shows that the process is starting. Never waits: it is shown as soon as the tree can be reached. */
    public Registration(ConfigTree tree, String node, String process) {
        this(tree, node, process, Clock.systemUTC());
    }

    Registration(ConfigTree tree, String node, String process, Clock clock) {
        this.tree = tree;
        this.place = ConfigPath.RUNNING.child(node).child(process);
        this.clock = clock;
        this.json = JsonNodeFactory.instance
                .objectNode()
                .put("pid", ProcessHandle.current().pid())
                .put("state", STARTING)
                .put("since", clock.instant().getEpochSecond())
                .put("version", Version.text());
        this.publication = tree.publish(place, json.deepCopy());
    }

    /** The process has started completely: shows that it is ready, from this moment on. Never waits; once is enough. */
    public synchronized void ready() {
        if (isReady || isClosed) {
            return;
        }
        isReady = true;
        json.put("state", RUNNING).put("since", clock.instant().getEpochSecond());
        publication = tree.publish(place, json.deepCopy()); // at once, where an update would wait for its turn
    }

    /** Whether it is shown as ready, or will be as soon as the tree can be reached. */
    public synchronized boolean isReady() {
        return isReady && !isClosed;
    }

    /**
     * Shows what the process goes on without, such as settings it cannot use; nothing any more if there are none. Never
     * waits.
     */
    public synchronized void showProblems(List<String> problems) {
        json.remove("problems");
        if (!problems.isEmpty()) {
            ArrayNode shown = json.putArray("problems");
            problems.stream()
                    .limit(MOST_PROBLEMS)
                    .forEach(problem -> shown.add(problem.substring(0, Math.min(problem.length(), MOST_CHARACTERS))));
            json.put("problem_count", problems.size());
        } else {
            json.remove("problem_count");
        }
        if (!isClosed) {
            publication.update(json.deepCopy());
        }
    }

    /** The process is not shown any more. */
    @Override
    public synchronized void close() {
        isClosed = true;
        publication.close();
    }
}
