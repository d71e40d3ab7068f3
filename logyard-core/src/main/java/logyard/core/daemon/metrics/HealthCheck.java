package logyard.core.daemon.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out whether something a process cannot do without hangs. Any thread; never waits.
 *
 * @param name such as {@code logyard.ingest}
 * @param isThread whether it is a thread that hangs then: of that, another process in its place would be free
 * @param problem what is wrong, for people; empty if nothing is
 */
record HealthCheck(String name, boolean isThread, Supplier<Optional<String>> problem) {
    /** A thread that has done nothing for so long hangs: each looks for work at least every few seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Fails when a thread has not looked for work for {@link #PATIENCE}. */
    static HealthCheck ofThread(String name, Supplier<Duration> since) {
        return new HealthCheck(
                name, true, ofProgress(name, "looked for work", since).problem());
    }

    /**
     * Fails when something has not happened for {@link #PATIENCE}.
     *
     * @param what did not happen, such as {@code looked for work}
     */
    static HealthCheck ofProgress(String name, String what, Supplier<Duration> since) {
        return new HealthCheck(name, false, () -> {
            Duration silence = since.get();
            return silence.compareTo(PATIENCE) > 0
                    ? Optional.of("has not " + what + " for " + silence.toSeconds() + " s")
                    : Optional.empty();
        });
    }
}
