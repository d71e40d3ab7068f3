package logyard.kato.log.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import logyard.kato.command.CommandFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamKeysTest {
    @ParameterizedTest
    @ValueSource(strings = {"systail", "systail.dea", "apptail.", "event", "sys", "event.debug"})
    void takesBeginningsOfKeys(String key) {
        assertThat(StreamKeys.prefixes(List.of(key, "event"))).containsExactly(key, "event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sytail", "systailx", "debug.x", "event.a b"})
    void refusesWhatNoKeyBeginsWith(String key) {
        assertThatThrownBy(() -> StreamKeys.prefixes(List.of(key)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("no key begins with \"" + key + "\"");
    }

    @Test
    void knowsOurOwnDaemonsByOneWord() {
        assertThat(StreamKeys.prefixes(List.of("debug")))
                .containsExactly(
                        "systail.logyard",
                        "systail.apptail",
                        "systail.logyard_sieve",
                        "systail.systail",
                        "systail.cloud_events",
                        "systail.kato");
        assertThat(StreamKeys.isDebug(List.of("debug", "event"))).isFalse();
    }
}
