package logyard.core.supervision;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a drain is in its life; drawn in {@code docs/state-machine.md}. */
public sealed interface DrainState {
    /** Not running, and not meant to. */
    record Stopped() implements DrainState {}

    /** Opening its target. */
    record Starting() implements DrainState {}

    /** Open: events flow. */
    record Running() implements DrainState {}

    /** Failed with {@code reason}, and will be opened again after a pause. */
    record Retrying(String reason) implements DrainState {}

    /** Failed with {@code reason}, and stays so until started anew. */
    record Fatal(String reason) implements DrainState {}

    /** What happens to a drain: what an operator asks through the tree, and what comes of it. */
    enum Event {
        /** It is wanted. */
        START,
        /** It is not wanted any more, or is to be made anew. */
        STOP,
        /** Its target is open. */
        UP,
        /** It ended by itself without an error. */
        ENDED,
        /** It failed, or could not be opened. */
        FAILED,
        /** The pause before the next attempt is over. */
        DUE,
        /** It was retried for as long as it may be. */
        GAVE_UP,
        /** It can never work as it is defined. */
        INVALID
    }

    /**
     * The state an event leads to; the same one, if the event means nothing in this state. {@code reason} is used by the
     * states that have one.
     */
    default DrainState after(Event event, String reason) {
        return switch (event) {
            case START -> isUp() ? this : new Starting();
            case STOP -> new Stopped();
            case UP -> this instanceof Starting ? new Running() : this;
            case ENDED -> isUp() ? new Stopped() : this;
            case FAILED -> isUp() || this instanceof Retrying ? new Retrying(reason) : this;
            case DUE -> this instanceof Retrying ? new Starting() : this;
            case GAVE_UP -> this instanceof Retrying ? new Fatal(reason) : this;
            case INVALID -> this instanceof Fatal ? this : new Fatal(reason);
        };
    }

    /** Whether its target is open or being opened. */
    default boolean isUp() {
        return this instanceof Starting || this instanceof Running;
    }

    /** Why it does not run, if it should. */
    default Optional<String> reasonIfAny() {
        if (this instanceof Retrying retrying) {
            return Optional.of(retrying.reason());
        }
        return this instanceof Fatal fatal ? Optional.of(fatal.reason()) : Optional.empty();
    }

    /** The names of all states. */
    static List<String> labels() {
        return Stream.of(new Stopped(), new Starting(), new Running(), new Retrying(""), new Fatal(""))
                .map(DrainState::label)
                .toList();
    }

    /** The name {@code kato log drain status} shows, such as {@code RUNNING}. */
    default String label() {
        return getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }
}
