package logyard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigPathTest {
    @Test
    void readsAndPrintsSlashes() {
        assertThat(ConfigPath.parse("//proc/logyard//config/").names()).containsExactly("proc", "logyard", "config");
        assertThat(ConfigPath.parse("/").names()).isEmpty();
        assertThat(ConfigPath.parse("a/b")).hasToString("/a/b");
        assertThat(ConfigPath.ROOT).hasToString("/");
    }

    @Test
    void knowsItsNeighbours() {
        ConfigPath dea = ConfigPath.SYSTAIL.child("log_files").child("dea");

        assertThat(dea.name()).isEqualTo("dea");
        assertThat(dea.parent().parent()).isEqualTo(ConfigPath.SYSTAIL);
        assertThat(dea.startsWith(ConfigPath.SYSTAIL)).isTrue();
        assertThat(dea.startsWith(dea)).isTrue();
        assertThat(ConfigPath.parse("/ab").startsWith(ConfigPath.parse("/a"))).isFalse();
        assertThat(dea.relativeTo(ConfigPath.SYSTAIL)).isEqualTo("log_files/dea");
        assertThat(dea.relativeTo(dea)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b"})
    void refusesNamesTheTreeCannotHold(String name) {
        assertThatThrownBy(() -> new ConfigPath(List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"");
    }
}
