package logyard.core.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainTypesTest {
    private static final DrainEnvironment NOWHERE = new DrainEnvironment(List.of(), () -> "");

    private final DrainTypes types = new DrainTypes(List.of(new FakeDrainType(Runnable::run)));

    @ParameterizedTest
    @CsvSource({"borken, broken", "Broken, broken", "brokn, broken", "filters, filter", "fromat, format"})
    void refusesASlipInWhatIsNew(String given, String meant) {
        assertThatThrownBy(() -> types.checkNew("mine", "fake://h:1?" + given + "=0", Map.of(), NOWHERE))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessage("fake drains have no parameter \"" + given + "\": did you mean " + meant + "?");
    }

    /** The original ignored them, and old configurations may hold some. */
    @Test
    void ignoresWhatItDoesNotKnow() {
        DrainSpec spec = types.checkNew("mine", "fake://h:1?broken=0&secret=abc&x=1", Map.of(), NOWHERE);

        assertThat(types.unknownParameters(spec)).containsExactly("secret", "x");
        assertThat(types.check("mine", "fake://h:1?borken=1", Map.of(), NOWHERE).name())
                .isEqualTo("mine");
    }
}
