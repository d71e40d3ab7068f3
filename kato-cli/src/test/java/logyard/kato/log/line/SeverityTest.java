package logyard.kato.log.line;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dea             | ERROR -- it broke           | ERROR",
                "dea             | WARN -- ERROR follows       | ERROR",
                "dea             | WARN -- it may break        | WARNING",
                "dea             | [WARNING] it may break      | WARNING",
                "dea             | all is well                 | NORMAL",
                "dea             | TERRORS and no MIRRORERROR  | NORMAL",
                "dea             | WARNED 404 [error]          | NORMAL",
                "cc_nginx_error  | 12 [error] 5#0: it broke    | ERROR",
                "nginx           | GET /x 404 12               | WARNING",
                "nginx           | GET /x 200 14047            | NORMAL",
                "nginx           | (2: No such file or directory) | WARNING",
                "nginx           | ERROR                       | NORMAL"
            })
    void isGuessedByWholeWords(String component, String text, Severity expected) {
        assertThat(Severity.of(component, text)).isEqualTo(expected);
    }
}
