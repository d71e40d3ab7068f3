package logyard.kato.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorsTest {
    @ParameterizedTest
    @CsvSource({
        "xterm-256color, true,  '', XTERM_256",
        "tmux-256color,  true,  '', XTERM_256",
        "xterm,          true,  '', SIXTEEN",
        "linux,          true,  '', SIXTEEN",
        "dumb,           true,  '', NONE",
        ",               true,  '', NONE",
        "xterm-256color, false, '', NONE",
        "xterm-256color, true,  1,  NONE"
    })
    void showsWhatTheTerminalCan(String term, boolean isTerminal, String noColor, Colors expected) {
        Map<String, String> environment = new HashMap<>(Map.of("NO_COLOR", noColor));
        if (term != null) {
            environment.put("TERM", term);
        }

        assertThat(Colors.of(environment, isTerminal)).isEqualTo(expected);
    }

    @Test
    void paintsIn256Colours() {
        assertThat(Colors.XTERM_256.paint("x", Color.RED)).isEqualTo("\033[38;5;196mx\033[0m");
        assertThat(Colors.XTERM_256.paint("x", Color.BLACK, Color.YELLOW))
                .isEqualTo("\033[38;5;0m\033[48;5;226mx\033[0m");
        assertThat(Colors.XTERM_256.paint("x", Color.DEFAULT, Color.RED)).isEqualTo("\033[48;5;196mx\033[0m");
    }

    /** With the codes that terminals know for their own colours (09 F-84). */
    @Test
    void paintsIn16ColoursOfWhichTheUpperHalfIsBold() {
        assertThat(Colors.SIXTEEN.paint("x", Color.RED)).isEqualTo("\033[1;31;49mx\033[0m");
        assertThat(Colors.SIXTEEN.paint("x", Color.GRAY)).isEqualTo("\033[1;30;49mx\033[0m");
        assertThat(Colors.SIXTEEN.paint("x", new Color(0, 6))).isEqualTo("\033[0;36;49mx\033[0m");
        assertThat(Colors.SIXTEEN.paint("x", Color.DEFAULT, Color.RED)).isEqualTo("\033[1;39;41mx\033[0m");
    }

    @Test
    void leavesAloneWhatHasNoColour() {
        assertThat(Colors.NONE.paint("x", Color.RED, Color.WHITE)).isEqualTo("x");
        assertThat(Colors.XTERM_256.paint("x", Color.DEFAULT)).isEqualTo("x");
    }
}
