package logyard.apptail.instance;

import java.util.List;
import logyard.core.event.AppInstance;

/**
 * What a DEA or stager says of an instance it has started, in the words of 2013 or of the final version (spec 05 §4).
 *
 * @param key names the instance: the short id of its container, else made of all that is said of it
 * @param source {@code app} or {@code staging}
 * @param root host path of the container's root; empty if the logs are paths of the host
 * @param logs those named explicitly; may be none if there is a root
 * @param dockerStreams whether {@code stdout} and {@code stderr} are Docker's and no files
 */
public record Announcement(
        String key, AppInstance app, String source, String root, List<NamedLog> logs, boolean dockerStreams) {
    public Announcement {
        logs = List.copyOf(logs);
    }
}
