package logyard.config.zookeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process publishes: one value per place, the later one counts. Safe for use by several threads. */
final class Publications implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Publications.class);
    private static final long WARNING_NANOS = Duration.ofMinutes(1).toNanos();

    private final Connection connection;
    private final WorkThread thread = new WorkThread("config-publish");
    private final Map<ConfigPath, EphemeralPublication> byPath = new ConcurrentHashMap<>();

    /** Of the thread "config-publish" only. */
    private long warnedNanos = System.nanoTime() - WARNING_NANOS;

    Publications(Connection connection) {
        this.connection = connection;
    }

    ConfigTree.Publication publish(ConfigPath path, JsonNode value, Runnable putBack) {
        var publication = new EphemeralPublication(path, value, putBack, this, connection, thread);
        byPath.put(path, publication);
        thread.run(publication::settle);
        return publication;
    }

    /** A connection was made, perhaps with another session: puts back what the old one took with it. */
    void connected() {
        byPath.values().forEach(publication -> thread.run(publication::settle));
    }

    /** Another session put its own value in the place of one of these: a process that takes itself for this one. */
    void rivalled(ConfigPath path) {
        long now = System.nanoTime();
        if (now - warnedNanos >= WARNING_NANOS) {
            warnedNanos = now;
            log.warn(
                    "Another process puts its own in the place of {}: does a second node have the same node.ip? Give each its"
                            + " own, and restart it",
                    path);
        }
    }

    boolean isLatest(EphemeralPublication publication) {
        return byPath.get(publication.path()) == publication;
    }

    void forget(EphemeralPublication publication) {
        byPath.remove(publication.path(), publication);
    }

    /** Stops writing. The values disappear with the session. */
    @Override
    public void close() {
        thread.close();
    }
}
