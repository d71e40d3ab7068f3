package logyard.apptail.instance;

import java.util.List;
import java.util.Map;
import logyard.core.event.AppInstance;
import logyard.core.tail.file.OpenFile;

/** Reads the logs of instances. Called on the thread {@code instances}; must not wait. */
public interface Follower {
    /**
     * Follows the logs of an instance; what is followed already goes on.
     *
     * @param opened files of these logs, by the logs' names, that were opened just now since the instance may end at any
     *     moment; to be closed by who is called
     */
    void follow(Instance instance, List<FollowedLog> logs, Map<String, OpenFile> opened);

    /** Reads what is there now, and then tells {@link Instances#left} for each log. */
    void unfollow(Instance instance);

    /** Everything of an instance was read. */
    void forget(Instance instance);

    /** Tells the owner of an application something about one of its instances. */
    void warn(AppInstance app, String text);
}
