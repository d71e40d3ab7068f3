package logyard.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec 02 §1. */
class KeysTest {
    @Test
    void followTheGrammar() {
        assertThat(Keys.systail("dea_ng", "10.0.0.5")).isEqualTo("systail.dea_ng.10.0.0.5");
        assertThat(Keys.event("process_exit")).isEqualTo("event.process_exit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dea", "stackato-lxc", "dea_ng", "A9"})
    void takeLettersDigitsAndDashesAsNames(String name) {
        assertThat(Keys.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b", "a\nb", "ä", "a/b", "a\"b"})
    void takeNothingElseAsNames(String name) {
        assertThat(Keys.isName(name)).isFalse();
    }

    @Test
    void nameTheStreamBeforeTheFirstDot() {
        assertThat(Keys.stream("systail.dea.10.0.0.5")).isEqualTo("systail");
        assertThat(Keys.stream("other")).isEqualTo("other");
    }
}
