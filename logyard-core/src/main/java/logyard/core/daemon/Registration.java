package logyard.core.daemon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;

/**
 * Shows in the tree that a process runs and is ready, for as long as it does: {@code /proc/logyard/running/<node>/
 * <process>}.
 */
public final class Registration implements AutoCloseable {
    /** Of problems that are shown: more would fill the tree. */
    private static final int MOST_PROBLEMS = 20;

    private static final int MOST_CHARACTERS = 300;

    private final ObjectNode json;
    private final ConfigTree.Publication publication;

    /** Shows the process. Never waits: it is shown as soon as the tree can be reached. */
    public Registration(ConfigTree tree, String node, String process) {
        json = JsonNodeFactory.instance
                .objectNode()
                .put("pid", ProcessHandle.current().pid())
                .put("state", "RUNNING")
                .put("since", Instant.now().getEpochSecond())
                .put("version", Version.text());
        publication = tree.publish(ConfigPath.RUNNING.child(node).child(process), json.deepCopy());
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
        publication.update(json.deepCopy());
    }

    @Override
    public void close() {
        publication.close();
    }
}
