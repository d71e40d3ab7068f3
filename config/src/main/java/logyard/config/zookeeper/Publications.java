package logyard.config.zookeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;

/** What this process publishes: one value per place, the later one counts. Safe for use by several threads. */
final class Publications implements AutoCloseable {
    private final Connection connection;
    private final WorkThread thread = new WorkThread("config-publish");
    private final Map<ConfigPath, EphemeralPublication> byPath = new ConcurrentHashMap<>();

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
