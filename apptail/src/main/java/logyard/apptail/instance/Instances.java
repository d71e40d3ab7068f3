package logyard.apptail.instance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import logyard.apptail.instance.LogLocator.Found;
import logyard.core.daemon.NamedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances whose logs are followed, each once however often it is announced, from its announcement until its logs
 * have been read to their end. It has ended when somebody says so, or when its root directory has been gone for 2 s.
 *
 * <p>Every method may be called by any thread. The files of a new instance are opened by the thread that announces it; all
 * else is done by the one thread {@code instances}.
 */
public final class Instances implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Instances.class);

    /** More are not followed: whoever can send messages could announce any number. */
    static final int MOST_INSTANCES = 2000;

    /** Announcements that are not looked at yet. */
    private static final int MOST_WAITING = 10_000;

    /** Of those, the files are opened before their turn: each may have seven. */
    private static final int MOST_OPENED = 500;

    /** Each is looked at once a second, and few at a time: an announcement must not wait for all of them. */
    private static final int CHECKS_PER_SECOND = 5;

    private static final long CHECK_MILLIS = 1000 / CHECKS_PER_SECOND;

    private final LogLocator locator;
    private final Follower follower;
    private final InstancesFile file;
    private final ScheduledExecutorService thread = NamedThreads.scheduler("instances");
    private final LongSupplier nanoTime;
    private final long lingerNanos;
    private final Counts counts;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Set<String> keys = Set.of();

    // Of the thread "instances" only:
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Deque<String> unchecked = new ArrayDeque<>();
    private int checkedAtOnce;
    private boolean full;

    /**
     * Nothing is followed yet.
     *
     * @param stateDirectory where the instances are kept; exists
     * @param locator finds the logs
     * @param linger how long the logs of an instance are followed that has ended and is still there: it may be announced
     *     once more, and nothing is to be read twice then
     */
    public Instances(
            Path stateDirectory,
            LogLocator locator,
            Follower follower,
            Counts counts,
            Duration linger,
            LongSupplier nanoTime) {
        this.locator = locator;
        this.follower = follower;
        this.file = new InstancesFile(stateDirectory);
        this.counts = counts;
        this.lingerNanos = linger.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Follows the instances of an earlier life, runs {@code afterwards}, and watches for ends from then on. */
    public void start(Runnable afterwards) {
        List<Instance> earlier = file.load();
        later(() -> {
            earlier.forEach(this::resume);
            keys = Set.copyOf(running.keySet());
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
        boolean inTurn = keys.contains(announcement.key()) || waiting.get() > MOST_OPENED;
        // At once, if that can be: the instance may end at any moment.
        Optional<Found> found = inTurn ? Optional.empty() : locator.find(announcement);
        if (found.isEmpty() && !inTurn) {
            waiting.decrementAndGet();
            return; // refused
        }
        boolean accepted = later(() -> {
            waiting.decrementAndGet();
            add(announcement, found);
        });
        if (!accepted) {
            found.ifPresent(Found::close);
        }
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
                .forEach(known -> follower.follow(known.instance, known.logs, Map.of())));
    }

    /** The instances that are followed: short ids of containers, and other names of those without one. */
    public Set<String> keys() {
        return keys;
    }

    /** Whether the thread will do it. */
    private boolean later(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("Not any more: {}", e.getMessage());
            return false;
        }
    }

    /** @param opened what was found of it before, if anything was */
    private void add(Announcement announcement, Optional<Found> opened) {
        Running known = running.get(announcement.key());
        if (known != null) {
            counts.repeated();
            if (known.instance.ending()) {
                goOn(known);
            }
            opened.ifPresent(Found::close);
            return;
        }
        if (running.size() >= MOST_INSTANCES) {
            opened.ifPresent(Found::close);
            refuseMore();
            return;
        }
        full = false;
        opened.or(() -> locator.find(announcement)).ifPresent(found -> {
            Instance instance = found.instance();
            running.put(instance.key(), new Running(instance, found.logs(), locator.root(instance.root())));
            follower.follow(instance, found.logs(), found.opened());
            counts.announced();
            log.info(
                    "Following {} logs of instance {} of {}",
                    found.logs().size(),
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
        known.isThere();
        known.leaveAt = OptionalLong.empty();
        known.unread.clear();
        follower.follow(known.instance, known.logs, Map.of());
        saveSoon();
    }

    private void resume(Instance earlier) {
        Instance instance = locator.withoutUnreadableStreams(earlier);
        var known = new Running(instance, locator.locate(instance), locator.root(instance.root()));
        running.put(instance.key(), known);
        follower.follow(instance, known.logs, Map.of());
        if (instance.ending()) {
            leaveInTime(known);
        }
    }

    private void endThoseGone() {
        if (unchecked.isEmpty()) {
            unchecked.addAll(running.keySet());
            checkedAtOnce = unchecked.size() / CHECKS_PER_SECOND + 1;
        }
        for (int i = 0; i < checkedAtOnce && !unchecked.isEmpty(); i++) {
            Running known = running.get(unchecked.remove());
            if (known != null && known.instance.ending()) {
                leaveIfDue(known);
            } else if (known != null && known.isGone(nanoTime)) {
                end(known, "its directory is gone");
            }
        }
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
        leaveInTime(known);
        saveSoon();
    }

    private void leaveInTime(Running known) {
        known.leaveAt = OptionalLong.of(nanoTime.getAsLong() + lingerNanos);
        leaveIfDue(known);
    }

    private void leaveIfDue(Running known) {
        boolean isDue = known.leaveAt.isPresent()
                && (nanoTime.getAsLong() - known.leaveAt.getAsLong() >= 0 || !known.hasRoot());
        if (isDue) {
            known.leaveAt = OptionalLong.empty();
            unfollow(known);
        }
    }

    private void unfollow(Running known) {
        known.logs.forEach(one -> known.unread.add(known.instance.nameOf(one.log())));
        known.instance.streams().forEach(one -> known.unread.add(known.instance.nameOf(one)));
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

    private void saveSoon() {
        counts.instances(running.size());
        keys = Set.copyOf(running.keySet());
        file.saveSoon(running.values().stream().map(known -> known.instance).toList());
    }

    /** Saves what has not been saved; the logs stay as they are. */
    @Override
    public void close() {
        NamedThreads.stop(thread);
        file.close();
    }
}
