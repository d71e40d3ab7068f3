package logyard.core.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonCommandTest {
    private int check(String setting) {
        return DaemonCommand.run("logyard", new String[] {"--check", "--set", setting}, (settings, daemon, vitals) -> {
            throw new AssertionError("started");
        });
    }

    @Test
    void checkAcceptsWhatCanBeRead() {
        assertThat(check("journal.max_bytes=2GiB")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bus.publish=tcp://0.0.0.0:5559",
                "journal.max_bytes=-5",
                "journal.sync=soon",
                "node.ip=here",
                "journal.max_byte=5"
            })
    void checkRefusesWhatCannot(String setting) {
        assertThat(check(setting)).isEqualTo(2);
    }
}
