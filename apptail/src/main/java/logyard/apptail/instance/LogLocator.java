package logyard.apptail.instance;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import logyard.apptail.root.InstanceRoot;
import logyard.core.bus.WarningLimit;
import logyard.core.tail.file.OpenFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which logs an instance has and where they are, and warns its owner of those that cannot be read. All that
 * cannot be read is answered the same, so that nobody learns by it what there is on the host. Safe for use by several
 * threads.
 */
public final class LogLocator {
    private static final Logger log = LoggerFactory.getLogger(LogLocator.class);
    private static final String ENDED_BEFORE =
            "ERROR -- The instance had ended before its logs could be opened: what it logged is lost";

    private static final String NO_LOGS = "ERROR -- No valid log files";

    /** Instances whose owner was told that they had ended: a DEA may go on announcing them. */
    private static final int MOST_ENDED = 2000;

    private static final Set<String> STREAMS = Set.of("stdout", "stderr");

    private final List<Path> allowed;
    private final Follower follower;
    private final Counts counts;
    private final boolean withDocker;
    private final WarningLimit refusals = new WarningLimit(System::nanoTime);
    private final Set<String> ended = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_ENDED;
        }
    }));

    /**
     * @param allowed the directories below which the roots of instances must be
     * @param withDocker whether the follower can follow streams of Docker's
     */
    public LogLocator(List<Path> allowed, boolean withDocker, Follower follower, Counts counts) {
        this.allowed = List.copyOf(allowed);
        this.withDocker = withDocker;
        this.follower = follower;
        this.counts = counts;
    }

    /** An instance with its logs, of which those are open that could be opened. */
    record Found(Instance instance, List<FollowedLog> logs, Map<String, OpenFile> opened) {
        /** Whether there is nothing to read yet. */
        boolean isEmpty() {
            return opened.isEmpty() && instance.streams().isEmpty();
        }

        /** For nobody wants them. */
        void close() {
            opened.values().forEach(file -> {
                try {
                    file.close();
                } catch (IOException e) {
                    log.debug("Cannot close a log: {}", e.getMessage());
                }
            });
        }
    }

    /** Finds the logs of an instance and opens those that are there; empty if it may not be followed. */
    Optional<Found> find(Announcement announcement) {
        var warnings = new ArrayList<String>();
        Optional<Found> found = select(announcement, warnings).map(instance -> {
            List<FollowedLog> logs = locate(instance);
            return new Found(instance, logs, open(instance, logs, warnings));
        });
        if (found.filter(Found::isEmpty).isPresent()) {
            if (isGone(announcement)) {
                warnings.clear();
                if (ended.add(announcement.key())) {
                    counts.missed();
                    warnings.add(ENDED_BEFORE);
                }
            } else {
                warnings.add(NO_LOGS);
            }
        } else {
            ended.remove(announcement.key());
        }
        warnings.forEach(warning -> follower.warn(announcement.app(), warning));
        return found;
    }

    private boolean isGone(Announcement announcement) {
        try {
            Optional<InstanceRoot> root = root(announcement.root());
            return root.isPresent() && !root.get().exists();
        } catch (IOException e) {
            return false; // nobody can say that it is gone
        }
    }

    private Optional<Instance> select(Announcement announcement, List<String> warnings) {
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
        warnings.addAll(selection.warnings());
        Set<String> dockers = streams(announcement, selection.logs());
        List<NamedLog> logs = selection.logs().stream()
                .filter(one -> !dockers.contains(one.name()))
                .toList();
        return Optional.of(withoutUnreadableStreams(new Instance(
                announcement.key(),
                announcement.app(),
                announcement.source(),
                announcement.root(),
                logs,
                dockers,
                false)));
    }

    private void refuse(Announcement announcement) {
        counts.refused();
        if (refusals.isDue()) { // whoever can send messages could send any number
            log.warn(
                    "Refusing instance {} of {}, {} so far: its root is not below any of {} (apptail.allowed_roots)",
                    announcement.key(),
                    announcement.app().guid(),
                    counts.refusedAnnouncements(),
                    allowed);
        }
    }

    /** Those that are Docker's, and no files: both where no log is named. */
    private static Set<String> streams(Announcement announcement, List<NamedLog> logs) {
        if (!announcement.dockerStreams()) {
            return Set.of();
        }
        return logs.isEmpty()
                ? STREAMS
                : logs.stream().map(NamedLog::name).filter(STREAMS::contains).collect(Collectors.toSet());
    }

    /** Where Docker is not asked, its streams are nobody's. */
    Instance withoutUnreadableStreams(Instance instance) {
        if (withDocker) {
            return instance;
        }
        instance.streams()
                .forEach(one -> follower.warn(
                        instance.app(), "WARN -- Ignoring " + one + ": streams of Docker are not followed here"));
        return instance.withStreams(Set.of());
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

    private static Map<String, OpenFile> open(Instance instance, List<FollowedLog> logs, List<String> warnings) {
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
                warnings.add("WARN -- Ignoring missing/inaccessible path " + LogSelection.shown(one.path())
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
