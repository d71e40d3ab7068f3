package logyard.config.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.zookeeper.ZooKeeperOptions.Access;
import org.junit.jupiter.api.Test;

class ZooKeeperOptionsTest {
    @Test
    void letTheSessionOfACommandEndSoonerThanThatOfADaemon() {
        var daemon = ZooKeeperOptions.forDaemon("127.0.0.1:2181", ConfigPath.ROOT, Access.OPEN, null);
        var command = ZooKeeperOptions.forCommand("127.0.0.1:2181", ConfigPath.ROOT, Access.OPEN, null);

        assertThat(daemon.sessionTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(command.sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(command.operationTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void nameEveryProblemAtOnce() {
        assertThatThrownBy(() -> new ZooKeeperOptions(
                        "h:2181/logyard", ConfigPath.ROOT, Duration.ZERO, Duration.ofSeconds(-1), Access.SECURED, null))
                .isInstanceOf(ConfigException.class)
                .hasMessage("zk.connect must hold servers only, got h:2181/logyard (a path on them is zk.chroot);"
                        + " the session timeout must be positive, got PT0S;"
                        + " the operation timeout must be positive, got PT-1S;"
                        + " zk.auth.file must name the file that holds user:password, or zk.acl must be open");
    }
}
