package logyard.apptail.instance;

import java.util.List;
import logyard.core.event.AppInstance;

/**
 * An instance whose logs are followed, as it is kept on disk.
 *
 * @param key as in {@link Announcement}
 * @param source as in {@link Announcement}
 * @param root as in {@link Announcement}
 * @param logs which its logs are, once that was found out
 * @param ending whether it has ended, and only the rest of its logs is to be read
 */
public record Instance(String key, AppInstance app, String source, String root, List<NamedLog> logs, boolean ending) {
    public Instance {
        logs = List.copyOf(logs);
    }

    Instance withEnding(boolean over) {
        return new Instance(key, app, source, root, logs, over);
    }

    /** What a log of it is called among those of all instances. */
    public String nameOf(NamedLog log) {
        return key + "/" + log.name();
    }
}
