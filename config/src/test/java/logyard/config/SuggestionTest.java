package logyard.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> WORDS = List.of("dea", "log_files", "max_record_size");

    @ParameterizedTest
    @CsvSource({
        "dae,dea",
        "de,dea",
        "deaa,dea",
        "log_flies,log_files",
        "logfiles,log_files",
        "max_record_sizes,max_record_size"
    })
    void isTheNearestWord(String word, String meant) {
        assertThat(Suggestion.nearest(word, WORDS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"x", "''", "router", "log"})
    void isNoneIfNoneIsNear(String word) {
        assertThat(Suggestion.nearest(word, WORDS)).isEmpty();
    }

    @Test
    void saysElseWhatThereIs() {
        assertThat(Suggestion.hint("dae", WORDS)).isEqualTo("; did you mean dea?");
        assertThat(Suggestion.hint("x", List.of("a", "bcd"))).isEqualTo("; did you mean a?");
        assertThat(Suggestion.hint("router", WORDS)).isEqualTo(" (there are dea, log_files, max_record_size)");
        assertThat(Suggestion.hint("router", List.of())).isEmpty();
    }
}
