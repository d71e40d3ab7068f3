package logyard.apptail.instance;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import logyard.apptail.root.InstanceRoot;
import logyard.core.daemon.NamedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances whose logs are followed, each once however often it is announced, from its announcement until its logs
 * have been read to their end. It has ended when a message says so, or when its root directory has been gone for 2 s.
 *
 * <p>Every method may be called by any thread; all work is done by the one thread {@code instances}.
 */
public final class Instances implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Instances.class);

    /** More are not followed: whoever can send messages could announce any number. */
    static final int MOST_INSTANCES = 2000;

    /** Announcements that are not looked at yet. */
    private static final int MOST_WAITING = 10_000;

    private static final long CHECK_MILLIS = 1000;
    private static final long STOP_SECONDS = 2;
    private static final long GONE = TimeUnit.SECONDS.toNanos(2);

    private final List<Path> allowed;
    private final Follower follower;
    private final InstancesFile file;
    private final ScheduledExecutorService thread = NamedThreads.scheduler("instances");
    private final CountDownLatch saved = new CountDownLatch(1);
    private final LongSupplier nanoTime;
    private final Counts counts;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean saveIsDue = new AtomicBoolean();

    // Of the thread "instances" only:
    private final Map<String, Running> running = new LinkedHashMap<>();
    private boolean full;
    private boolean failing;

    /** One instance, and what is left to be done for it. */
    private static final class Running {
        private Instance instance;
        private final List<FollowedLog> logs;
        private final Set<String> unread = new HashSet<>();
        private OptionalLong goneSince = OptionalLong.empty();

        Running(Instance instance, List<FollowedLog> logs) {
            this.instance = instance;
            this.logs = logs;
        }
    }

    /**
     * Nothing is followed yet.
     *
     * @param stateDirectory where the instances are kept; exists
     * @param allowed the directories below which the roots of instances must be
     */
    public Instances(Path stateDirectory, List<Path> allowed, Follower follower, Counts counts, LongSupplier nanoTime) {
        this.allowed = List.copyOf(allowed);
        this.follower = follower;
        this.file = new InstancesFile(stateDirectory);
        this.counts = counts;
        this.nanoTime = nanoTime;
    }

    /** Follows the instances of an earlier life, runs {@code afterwards}, and watches for ends from then on. */
    public void start(Runnable afterwards) {
        List<Instance> earlier = file.load();
        later(() -> {
            earlier.forEach(this::resume);
            if (!earlier.isEmpty()) {
                log.info("Following {} instances that were followed before", running.size());
            }
            afterwards.run();
        });
        thread.scheduleWithFixedDelay(this::endThoseGone, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** An instance was announced, perhaps not for the first time. */
    public void announced(Announcement announcement) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            counts.refused(); // the DEA is asked again
            return;
        }
        later(() -> {
            waiting.decrementAndGet();
            add(announcement);
        });
    }

    /** An instance has ended. */
    public void stopped(String key) {
        later(() -> {
            Running known = running.get(key);
            if (known != null) {
                end(known, "it was stopped");
            }
        });
    }

    /** Nothing is left to be read of a log, which {@link Follower#unfollow} has asked for. */
    public void left(String logName) {
        later(() -> {
            String key = logName.substring(0, logName.indexOf('/'));
            Running known = running.get(key);
            if (known != null && known.unread.remove(logName) && known.unread.isEmpty()) {
                remove(known);
            }
        });
    }

    /** Follows all of them as the follower's settings are now. */
    public void followAnew() {
        later(() -> running.values().stream()
                .filter(known -> !known.instance.ending())
                .forEach(known -> follower.follow(known.instance, known.logs)));
    }

    private void later(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("Not any more: {}", e.getMessage());
        }
    }

    private void add(Announcement announcement) {
        Running known = running.get(announcement.key());
        if (known != null) {
            counts.repeated();
            if (known.instance.ending()) {
                goOn(known);
            }
            return;
        }
        if (running.size() >= MOST_INSTANCES) {
            refuseMore();
            return;
        }
        full = false;
        select(announcement).ifPresent(instance -> {
            List<FollowedLog> logs = locate(instance, true);
            running.put(instance.key(), new Running(instance, logs));
            follower.follow(instance, logs);
            counts.announced();
            log.info(
                    "Following {} logs of instance {} of {}",
                    logs.size(),
                    instance.key(),
                    instance.app().guid());
            saveSoon();
        });
    }

    private void refuseMore() {
        counts.refused();
        if (!full) {
            log.warn("Following {} instances, more are refused until some have ended", MOST_INSTANCES);
        }
        full = true;
    }

    private void goOn(Running known) {
        known.instance = known.instance.withEnding(false);
        known.goneSince = OptionalLong.empty();
        known.unread.clear();
        follower.follow(known.instance, known.logs);
        saveSoon();
    }

    private Optional<Instance> select(Announcement announcement) {
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

    private Optional<InstanceRoot> root(String path) {
        try {
            return InstanceRoot.below(allowed, Path.of(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Where its logs are. One that is not there may come; one that can never be read is left out. */
    private List<FollowedLog> locate(Instance instance, boolean warn) {
        var logs = new ArrayList<FollowedLog>();
        for (NamedLog one : instance.logs()) {
            Optional<FollowedLog> found = locate(instance, one);
            found.ifPresent(logs::add);
            if (warn && found.filter(Instances::isReadable).isEmpty()) {
                follower.warn(
                        instance.app(),
                        "WARN -- Ignoring missing/inaccessible path " + LogSelection.shown(one.path())
                                + " until that changes");
            }
        }
        return logs;
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

    private static boolean isReadable(FollowedLog one) {
        try (var file = one.root().open(one.path())) {
            return file.opened().isRegular();
        } catch (IOException e) {
            log.debug("Cannot read {}: {}", one.path(), e.getMessage());
            return false;
        }
    }

    private void resume(Instance instance) {
        var known = new Running(instance, locate(instance, false));
        running.put(instance.key(), known);
        follower.follow(instance, known.logs);
        if (instance.ending()) {
            unfollow(known);
        }
    }

    private void endThoseGone() {
        for (Running known : List.copyOf(running.values())) {
            if (!known.instance.ending() && isGone(known)) {
                end(known, "its directory is gone");
            }
        }
    }

    private boolean isGone(Running known) {
        if (isThere(known)) {
            known.goneSince = OptionalLong.empty();
            return false;
        }
        long now = nanoTime.getAsLong();
        if (known.goneSince.isEmpty()) {
            known.goneSince = OptionalLong.of(now);
        }
        return now - known.goneSince.getAsLong() >= GONE;
    }

    private boolean isThere(Running known) {
        var roots = new ArrayList<InstanceRoot>();
        root(known.instance.root()).ifPresent(roots::add);
        if (known.instance.root().isEmpty()) {
            known.logs.forEach(one -> roots.add(one.root()));
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

    private void end(Running known, String reason) {
        if (known.instance.ending()) {
            return;
        }
        log.info(
                "Instance {} of {} has ended: {}",
                known.instance.key(),
                known.instance.app().guid(),
                reason);
        known.instance = known.instance.withEnding(true);
        unfollow(known);
        saveSoon();
    }

    private void unfollow(Running known) {
        known.logs.forEach(one -> known.unread.add(known.instance.nameOf(one.log())));
        if (known.unread.isEmpty()) {
            remove(known);
        } else {
            follower.unfollow(known.instance);
        }
    }

    private void remove(Running known) {
        running.remove(known.instance.key());
        follower.forget(known.instance);
        counts.ended();
        saveSoon();
    }

    /** Behind what is waiting already, so that many announcements cost one save. */
    private void saveSoon() {
        if (saveIsDue.compareAndSet(false, true)) {
            later(this::save);
        }
    }

    private void save() {
        if (!saveIsDue.getAndSet(false)) {
            return;
        }
        try {
            file.save(running.values().stream().map(known -> known.instance).toList());
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                log.warn("Cannot save which instances there are, a restart now depends on their DEA: {}", e.toString());
            }
            failing = true;
        }
        counts.instances(running.size());
    }

    /** Saves what has not been saved; the logs stay as they are. */
    @Override
    public void close() {
        later(this::save);
        later(saved::countDown);
        try {
            if (!saved.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.warn("Instances were not saved within {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        NamedThreads.stop(thread);
    }
}
