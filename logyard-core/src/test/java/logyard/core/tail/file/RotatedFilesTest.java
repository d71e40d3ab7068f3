package logyard.core.tail.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotatedFilesTest {
    private static final Path LOG = Path.of("/var/log/kern.log");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kern.log.1",
                "kern.log.12",
                "kern.log-20240101",
                "kern.log-20240101-1700000000",
                "kern.log.2024-01-01",
                "kern.log.old",
                "kern.log.bak",
                "kern.2024-01-01.log",
                "kern-2024-01-01.0.log",
                "kern.1.log"
            })
    void theseWereTheLog(String name) {
        assertThat(RotatedFiles.isRotationOf(LOG, LOG.resolveSibling(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kern.log",
                "kern.log.1.gz",
                "kern.log-20240101.xz",
                "kern.log.2.zst",
                "kern.log.conf",
                "kern_error.log",
                "kern-error.log",
                "kernel.log",
                "kernel.log.1",
                "kern",
                "mykern.log.1",
                "kern.log1"
            })
    void theseWereNot(String name) {
        assertThat(RotatedFiles.isRotationOf(LOG, LOG.resolveSibling(name))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dmesg.0", "dmesg.old", "dmesg-1"})
    void aLogNeedsNoExtension(String name) {
        assertThat(RotatedFiles.isRotationOf(Path.of("/var/log/dmesg"), Path.of("/var/log", name)))
                .isTrue();
    }
}
