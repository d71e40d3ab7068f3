package logyard.apptail.instance;

import java.util.List;
import java.util.Set;
import logyard.core.event.AppInstance;
import org.jspecify.annotations.Nullable;

/**
 * An instance whose logs are followed, as it is kept on disk.
 *
 * @param key as in {@link Announcement}
 * @param source as in {@link Announcement}
 * @param root as in {@link Announcement}
 * @param logs which its logs are, once that was found out
 * @param streams which of {@code stdout} and {@code stderr} Docker is asked for instead of a file
 * @param ending whether it has ended, and only the rest of its logs is to be read
 */
public record Instance(
        String key,
        AppInstance app,
        String source,
        String root,
        List<NamedLog> logs,
        @Nullable Set<String> streams,
        boolean ending) {
    public Instance {
        logs = List.copyOf(logs);
        streams = streams == null ? Set.of() : Set.copyOf(streams); // as in files of earlier versions
    }

    @Override
    public Set<String> streams() {
        return streams == null ? Set.of() : streams;
    }

    Instance withStreams(Set<String> others) {
        return new Instance(key, app, source, root, logs, others, ending);
    }

    Instance withEnding(boolean over) {
        return new Instance(key, app, source, root, logs, streams, over);
    }

    /** What a log of it is called among those of all instances. */
    public String nameOf(NamedLog log) {
        return nameOf(log.name());
    }

    /** What a log or stream of that name is called among those of all instances. */
    public String nameOf(String log) {
        return key + "/" + log;
    }
}
