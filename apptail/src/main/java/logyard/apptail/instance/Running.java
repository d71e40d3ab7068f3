package logyard.apptail.instance;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

    /** Where it lives: one directory, or those of its logs. */
    private final List<InstanceRoot> roots;

    /** When an instance that has ended is left, although its root is still there. */
    OptionalLong leaveAt = OptionalLong.empty();

    private OptionalLong goneSince = OptionalLong.empty();

    Running(Instance instance, List<FollowedLog> logs, Optional<InstanceRoot> root) {
        this.instance = instance;
        this.logs = logs;
        this.roots = root.map(List::of)
                .orElseGet(() -> instance.root().isEmpty()
                        ? logs.stream().map(FollowedLog::root).toList()
                        : List.of());
    }

    /** It was said to run. */
    void isThere() {
        goneSince = OptionalLong.empty();
    }

    /** Whether its root has been gone for 2 s. */
    boolean isGone(LongSupplier nanoTime) {
        if (hasRoot()) {
            isThere();
            return false;
        }
        long now = nanoTime.getAsLong();
        if (goneSince.isEmpty()) {
            goneSince = OptionalLong.of(now);
        }
        return now - goneSince.getAsLong() >= GONE;
    }

    boolean hasRoot() {
        if (!instance.streams().isEmpty()) {
            return true; // Docker tells
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
