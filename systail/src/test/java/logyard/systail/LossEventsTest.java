package logyard.systail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import logyard.core.tail.TailNotice;
import logyard.core.tail.TailNotice.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossEventsTest {
    @ParameterizedTest
    @CsvSource({
        "TRUNCATED, 4096, 4096 bytes of /s/logs/dea.log lost: emptied before they were stored",
        "GONE, -1, lines of /s/logs/dea.log may have been lost: the file was not found after a restart",
        "TOO_MANY_ROTATIONS, 7, 7 bytes of /s/logs/dea.log lost: rotated too often to be read",
        "BACKLOG_SKIPPED, 7, 7 bytes of /s/logs/dea.log lost: more than may be read after a restart",
        "ABANDONED, -1, lines of /s/logs/dea.log may have been lost: not followed any more before they were read",
    })
    void saysHowMuchAndWhy(Kind kind, long bytes, String text) {
        assertThat(LossEvents.text(new TailNotice(kind, "dea", Path.of("/s/logs/dea.log"), bytes)))
                .isEqualTo(text);
    }
}
