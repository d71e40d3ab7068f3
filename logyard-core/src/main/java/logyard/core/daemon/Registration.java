package logyard.core.daemon;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;

/**
 * Shows in the tree that a process runs and is ready, for as long as it does: {@code /proc/logyard/running/<node>/
 * <process>}.
 */
public final class Registration implements AutoCloseable {
    private final ConfigTree.Publication publication;

    /** Shows the process. Never waits: it is shown as soon as the tree can be reached. */
    public Registration(ConfigTree tree, String node, String process) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("pid", ProcessHandle.current().pid())
                .put("state", "RUNNING")
                .put("since", Instant.now().getEpochSecond())
                .put("version", Version.text());
        publication = tree.publish(ConfigPath.RUNNING.child(node).child(process), json);
    }

    @Override
    public void close() {
        publication.close();
    }
}
