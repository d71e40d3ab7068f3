package logyard.core.drain;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import logyard.core.event.Message;

/**
 * A kind of target, such as TCP or a file. Found through {@link java.util.ServiceLoader}; one object serves all drains
 * of its schemes. Any thread.
 */
public interface DrainType extends AutoCloseable {
    /** The URI schemes it serves, in lower case. */
    Set<String> schemes();

    /** The parameters it knows, beside {@code filter} and {@code format}; all others are ignored. */
    default Set<String> parameters() {
        return Set.of();
    }

    /**
     * Checks a drain's values completely, without touching the target.
     *
     * @throws InvalidDrainException naming the value and what would be right
     */
    void check(DrainSpec spec, DrainEnvironment environment);

    /**
     * Opens the way to the target, within 10 s. Never waits.
     *
     * @return the open drain, or an {@link java.io.IOException} that says why not, or an {@link InvalidDrainException}
     *     if no retry can help. If it is cancelled, the attempt ends, and a drain that opens nevertheless is closed.
     */
    CompletableFuture<Drain> open(DrainSpec spec, DrainEnvironment environment);

    /**
     * Checks in addition what can be seen on this machine, before a drain is added. May wait for the disk.
     *
     * @throws InvalidDrainException naming the value and what would be right
     */
    default void checkHere(DrainSpec spec, DrainEnvironment environment) {}

    /**
     * Tries a target as {@code kato log drain test} does: opens it as a drain would, sends it one event, and closes it.
     * What {@link #open} does is told by {@link DrainEnvironment#steps}.
     *
     * @param event which says that it is a test
     * @return fails in the step that began last
     */
    default CompletableFuture<Void> probe(DrainSpec spec, DrainEnvironment environment, Message event) {
        environment.steps().begins("open", "see what is said of it in docs/drains.md");
        return open(spec, environment)
                .thenCompose(drain -> new Probing(drain, spec, environment.steps()).sendAndClose(event));
    }

    /** Ends the threads that the drains of this type share. */
    @Override
    default void close() {}
}
