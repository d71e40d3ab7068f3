package logyard.apptail.instance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import logyard.apptail.root.InstanceRoot;

/** One instance that is followed, and what is left to be done for it. On the thread {@code instances}. */
final class Running {
    private static final long GONE = TimeUnit.SECONDS.toNanos(2);

    Instance instance;
    final List<FollowedLog> logs;

    /** The logs of an instance that has ended which are not read to their end yet. */
    final Set<String> unread = new HashSet<>();

    private OptionalLong goneSince = OptionalLong.empty();

    Running(Instance instance, List<FollowedLog> logs) {
        this.instance = instance;
        this.logs = logs;
    }

    /** It was said to run. */
    void isThere() {
        goneSince = OptionalLong.empty();
    }

    /** Whether its root has been gone for 2 s. */
    boolean isGone(LogLocator locator, LongSupplier nanoTime) {
        if (hasRoot(locator)) {
            isThere();
            return false;
        }
        long now = nanoTime.getAsLong();
        if (goneSince.isEmpty()) {
            goneSince = OptionalLong.of(now);
        }
        return now - goneSince.getAsLong() >= GONE;
    }

    private boolean hasRoot(LogLocator locator) {
        if (!instance.streams().isEmpty()) {
            return true; // Docker tells
        }
        var roots = new ArrayList<InstanceRoot>();
        locator.root(instance.root()).ifPresent(roots::add);
        if (instance.root().isEmpty()) {
            logs.forEach(one -> roots.add(one.root()));
        }
        for (InstanceRoot root : roots) {
            try {
                if (root.exists()) {
                    return true;
                }
            } catch (IOException e) {
                return true; // nobody can say that it is gone
            }
        }
        return false;
    }
}
