package logyard.apptail.instance;

import java.util.List;
import logyard.core.event.AppInstance;

/** Reads the logs of instances. Called on the thread {@code instances}; must not wait. */
public interface Follower {
    /** Follows the logs of an instance; what is followed already goes on. */
    void follow(Instance instance, List<FollowedLog> logs);

    /** Reads what is there now, and then tells {@link Instances#left} for each log. */
    void unfollow(Instance instance);

    /** Everything of an instance was read. */
    void forget(Instance instance);

    /** Tells the owner of an application something about one of its instances. */
    void warn(AppInstance app, String text);
}
