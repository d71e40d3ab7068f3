package logyard.kato.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorTest {
    /** Spec 07 §6.4. */
    @ParameterizedTest
    @CsvSource({
        "dea,           43, 14",
        "logyard,       66,  6",
        "systail,      207,  3",
        "apptail,       72, 12",
        "cloud_events, 137,  5",
        "kato,         222,  2",
        "router2g,     116,  9"
    })
    void givesEachNameTheColourOfTheOriginal(String name, int of256, int of16) {
        assertThat(Color.of(name)).isEqualTo(new Color(of256, of16));
    }

    @ParameterizedTest
    @CsvSource({
        "RED, 196",
        "YELLOW, 226",
        "BLUE, 21",
        "MAGENTA, 201",
        "WHITE, 231",
        "GRAY, 102",
        "BLACK, 0",
        "DARK_CYAN, 44"
    })
    void numbersColoursAsTerminalsDo(String name, int of256) throws Exception {
        var color = (Color) Color.class.getField(name).get(null);

        assertThat(color.of256()).isEqualTo(of256);
    }
}
