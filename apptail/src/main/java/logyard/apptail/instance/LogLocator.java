package logyard.apptail.instance;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import logyard.apptail.root.InstanceRoot;
import logyard.core.tail.file.OpenFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which logs an instance has and where they are, and warns its owner of those that cannot be read. All that
 * cannot be read is answered the same, so that nobody learns by it what there is on the host. One thread.
 */
final class LogLocator {
    private static final Logger log = LoggerFactory.getLogger(LogLocator.class);

    private final List<Path> allowed;
    private final Follower follower;
    private final Counts counts;

    /** @param allowed the directories below which the roots of instances must be */
    LogLocator(List<Path> allowed, Follower follower, Counts counts) {
        this.allowed = List.copyOf(allowed);
        this.follower = follower;
        this.counts = counts;
    }

    /** The instance with its logs; empty if it may not be followed. */
    Optional<Instance> select(Announcement announcement) {
        LogSelection selection;
        if (announcement.logs().isEmpty()) {
            Optional<InstanceRoot> root = root(announcement.root());
            if (root.isEmpty()) {
                refuse(announcement);
                return Optional.empty();
            }
            selection = LogSelection.fromEnvironment(root.get());
        } else {
            if (!announcement.root().isEmpty() && root(announcement.root()).isEmpty()) {
                refuse(announcement);
                return Optional.empty();
            }
            selection = LogSelection.of(announcement.logs());
        }
        selection.warnings().forEach(warning -> follower.warn(announcement.app(), warning));
        List<NamedLog> logs = withoutDockers(announcement, selection.logs());
        if (logs.isEmpty()) {
            follower.warn(announcement.app(), "ERROR -- No valid log files");
        }
        return Optional.of(new Instance(
                announcement.key(), announcement.app(), announcement.source(), announcement.root(), logs, false));
    }

    private void refuse(Announcement announcement) {
        counts.refused();
        log.warn(
                "Refusing instance {} of {}: its root is not below any of {} (apptail.allowed_roots)",
                announcement.key(),
                announcement.app().guid(),
                allowed);
    }

    private List<NamedLog> withoutDockers(Announcement announcement, List<NamedLog> logs) {
        return logs.stream()
                .filter(one -> {
                    boolean stream = announcement.dockerStreams()
                            && (one.name().equals("stdout") || one.name().equals("stderr"));
                    if (stream) {
                        follower.warn(
                                announcement.app(),
                                "WARN -- Ignoring " + one.name() + ": streams of Docker cannot be followed");
                    }
                    return !stream;
                })
                .toList();
    }

    /** The root at a path, if one may be there. */
    Optional<InstanceRoot> root(String path) {
        try {
            return InstanceRoot.below(allowed, Path.of(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Where its logs are. One that is not there may come; one that can never be read is left out. */
    List<FollowedLog> locate(Instance instance) {
        return instance.logs().stream()
                .flatMap(one -> locate(instance, one).stream())
                .toList();
    }

    /** Opens those logs that can be read now, by their names, and warns of the others. */
    Map<String, OpenFile> open(Instance instance, List<FollowedLog> logs) {
        Map<String, OpenFile> opened = new HashMap<>();
        for (FollowedLog one : logs) {
            try {
                opened.put(one.log().name(), one.root().open(one.path()));
            } catch (IOException e) {
                log.debug("Cannot read {}: {}", one.path(), e.getMessage());
            }
        }
        for (NamedLog one : instance.logs()) {
            if (!opened.containsKey(one.name())) {
                follower.warn(
                        instance.app(),
                        "WARN -- Ignoring missing/inaccessible path " + LogSelection.shown(one.path())
                                + " until that changes");
            }
        }
        return opened;
    }

    private Optional<FollowedLog> locate(Instance instance, NamedLog one) {
        if (one.path().isEmpty() || !InstanceRoot.isPrintable(one.path())) {
            return Optional.empty();
        }
        try {
            if (instance.root().isEmpty()) {
                Path path = Path.of(one.path());
                return InstanceRoot.aroundLog(allowed, path).map(root -> new FollowedLog(one, path, root));
            }
            return root(instance.root())
                    .map(root -> new FollowedLog(one, LogSelection.hostPath(root, one.path()), root));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
