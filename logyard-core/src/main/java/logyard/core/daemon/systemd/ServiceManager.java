package logyard.core.daemon.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import logyard.core.daemon.NamedThreads;
import logyard.core.daemon.metrics.Vitals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how this process is: READY=1 once it is, or has started as far as it can while something it need not have
 * is not there; STATUS= in words; WATCHDOG=1 for as long as nothing of it hangs; STOPPING=1 in the end. On a thread of its
 * own, {@code systemd}.
 */
public final class ServiceManager implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServiceManager.class);

    /**
     * So long a process that takes in events, or follows files, but is not registered as ready may still seem to be
     * starting. Those that are ordered behind it wait as long: where ZooKeeper cannot be reached, at every boot.
     */
    static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LOOK_LATER = Duration.ofSeconds(1);

    /** Of the time after which a process is taken to hang: two pings may be lost. */
    private static final int PINGS = 3;

    private final NotifySocket socket;
    private final Vitals vitals;
    private final boolean hasWatchdog;
    private final Duration pause;
    private final ScheduledExecutorService thread = NamedThreads.scheduler("systemd");

    // On the thread only, and after its end:
    private long beganNanos;
    private boolean saidReady;
    private boolean saidThatItHangs;
    private boolean saidThatNobodyListens;
    private String status = "";

    private ServiceManager(NotifySocket socket, Vitals vitals, Optional<Duration> pingPause) {
        this.socket = socket;
        this.vitals = vitals;
        this.hasWatchdog = pingPause.isPresent();
        this.pause = pingPause.filter(ping -> ping.compareTo(LOOK_LATER) < 0).orElse(LOOK_LATER);
    }

    /**
     * Begins to tell, if somebody wants to know: {@code NOTIFY_SOCKET} says where, {@code WATCHDOG_USEC} how often. Everything
     * the process is made of must have been started.
     */
    public static Optional<ServiceManager> tell(Map<String, String> environment, Vitals vitals) {
        String name = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            var manager = new ServiceManager(NotifySocket.of(name), vitals, pingPause(environment));
            manager.thread.execute(manager::begin);
            return Optional.of(manager);
        } catch (IOException | LinkageError e) { // JNA unpacks its part in C below java.io.tmpdir
            log.warn("Cannot tell systemd how this process is, which ends it for that: {}", e.toString());
            return Optional.empty();
        }
    }

    /** A third of what the unit's {@code WatchdogSec} says; empty if it says nothing, or not to this process. */
    private static Optional<Duration> pingPause(Map<String, String> environment) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        if (!micros.matches("[1-9]\\d{0,17}")
                || !(pid.isEmpty()
                        || pid.equals(Long.toString(ProcessHandle.current().pid())))) {
            return Optional.empty();
        }
        return Optional.of(Duration.of(Long.parseLong(micros) / PINGS, TimeUnit.MICROSECONDS.toChronoUnit()));
    }

    private void begin() {
        beganNanos = System.nanoTime();
        look();
    }

    private void look() {
        Map<String, String> problems = vitals.problems();
        if (!saidReady && (vitals.isReady() || System.nanoTime() - beganNanos >= GRACE.toNanos())) {
            saidReady = true;
            send("READY=1");
        }
        tellStatus(problems);
        ping(vitals.hangingThreads(problems));
        try {
            thread.schedule(this::look, (saidReady ? pause : LOOK).toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Not any more: {}", e.getMessage()); // it is being closed
        }
    }

    private void tellStatus(Map<String, String> problems) {
        String now = status(problems);
        if (!now.equals(status)) {
            status = now;
            send("STATUS=" + now);
        }
    }

    private String status(Map<String, String> problems) {
        if (!problems.isEmpty()) {
            return "Not well: " + listed(problems);
        }
        List<String> waiting = vitals.readiness().entrySet().stream()
                .filter(process -> !process.getValue())
                .map(Map.Entry::getKey)
                .toList();
        return waiting.isEmpty() ? "Ready" : "At work, but not ready yet: " + String.join(", ", waiting);
    }

    private static String listed(Map<String, String> problems) {
        return problems.entrySet().stream()
                .map(problem -> problem.getKey() + " " + problem.getValue())
                .collect(Collectors.joining("; "));
    }

    /**
     * With each look: that is at least as often as a third of the watchdog's time. What is wrong with the disk is no reason
     * to stop: a new process would have the same disk.
     */
    private void ping(Map<String, String> hanging) {
        if (!hasWatchdog || !saidReady) {
            return;
        }
        if (hanging.isEmpty()) {
            saidThatItHangs = false;
            send("WATCHDOG=1");
        } else if (!saidThatItHangs) {
            saidThatItHangs = true;
            log.error(
                    "Not telling systemd's watchdog that all is well, so that it ends this process: {}",
                    listed(hanging));
        }
    }

    private void send(String assignment) {
        try {
            socket.send(assignment);
            saidThatNobodyListens = false;
        } catch (IOException e) {
            if (!saidThatNobodyListens) {
                saidThatNobodyListens = true;
                log.warn("Cannot tell systemd {}: {}", assignment, e.getMessage());
            }
        }
    }

    /** Says that the process ends, before anything of it does. */
    @Override
    public void close() {
        NamedThreads.stop(thread);
        send("STOPPING=1\nSTATUS=Stopping");
    }
}
