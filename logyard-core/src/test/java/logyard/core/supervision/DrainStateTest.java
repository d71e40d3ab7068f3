package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Set;
import java.util.stream.Stream;
import logyard.core.supervision.DrainState.Event;
import logyard.core.supervision.DrainState.Fatal;
import logyard.core.supervision.DrainState.Retrying;
import logyard.core.supervision.DrainState.Running;
import logyard.core.supervision.DrainState.Starting;
import logyard.core.supervision.DrainState.Stopped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DrainStateTest {
    private static final DrainState STOPPED = new Stopped();
    private static final DrainState STARTING = new Starting();
    private static final DrainState RUNNING = new Running();
    private static final DrainState RETRYING = new Retrying("refused");
    private static final DrainState FATAL = new Fatal("refused");

    /** The table of docs/state-machine.md; every pair that is not here leaves the state as it is. */
    static Stream<Arguments> transitions() {
        return Stream.of(
                arguments(STOPPED, Event.START, "STARTING"),
                arguments(STOPPED, Event.INVALID, "FATAL"),
                arguments(STARTING, Event.STOP, "STOPPED"),
                arguments(STARTING, Event.UP, "RUNNING"),
                arguments(STARTING, Event.ENDED, "STOPPED"),
                arguments(STARTING, Event.FAILED, "RETRYING"),
                arguments(STARTING, Event.INVALID, "FATAL"),
                arguments(RUNNING, Event.STOP, "STOPPED"),
                arguments(RUNNING, Event.ENDED, "STOPPED"),
                arguments(RUNNING, Event.FAILED, "RETRYING"),
                arguments(RUNNING, Event.INVALID, "FATAL"),
                arguments(RETRYING, Event.START, "STARTING"),
                arguments(RETRYING, Event.STOP, "STOPPED"),
                arguments(RETRYING, Event.DUE, "STARTING"),
                arguments(RETRYING, Event.FAILED, "RETRYING"),
                arguments(RETRYING, Event.INVALID, "FATAL"),
                arguments(RETRYING, Event.GAVE_UP, "FATAL"),
                arguments(FATAL, Event.START, "STARTING"),
                arguments(FATAL, Event.STOP, "STOPPED"));
    }

    @ParameterizedTest(name = "{0} + {1} -> {2}")
    @MethodSource("transitions")
    void followsTheTable(DrainState from, Event event, String expected) {
        assertThat(from.after(event, "why").label()).isEqualTo(expected);
    }

    static Stream<Arguments> withoutEffect() {
        Set<String> listed = new java.util.HashSet<>();
        transitions().forEach(row -> listed.add(row.get()[0] + "+" + row.get()[1]));
        return Stream.of(STOPPED, STARTING, RUNNING, RETRYING, FATAL)
                .flatMap(state -> Stream.of(Event.values())
                        .filter(event -> !listed.contains(state + "+" + event))
                        .map(event -> arguments(state, event)));
    }

    @ParameterizedTest(name = "{0} + {1}")
    @MethodSource("withoutEffect")
    void everythingElseChangesNothing(DrainState state, Event event) {
        assertThat(state.after(event, "why")).isEqualTo(state);
    }

    @Test
    void aFailureKeepsItsReason() {
        assertThat(RUNNING.after(Event.FAILED, "reset").reasonIfAny()).contains("reset");
        assertThat(RETRYING.after(Event.FAILED, "reset").reasonIfAny()).contains("reset");
        assertThat(RUNNING.reasonIfAny()).isEmpty();
    }
}
