package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import logyard.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusAddressesTest {
    @Test
    void areUnixSocketsInOneFolder() {
        assertThat(BusAddresses.UNIX)
                .isEqualTo(new BusAddresses(
                        "ipc:///run/logyard/pub.sock",
                        "ipc:///run/logyard/sub.sock",
                        "ipc:///run/logyard/ack.sock",
                        "ipc:///run/logyard/read.sock"));
    }

    @Test
    void haveTheFourthBesideTheThird() {
        assertThat(BusAddresses.TCP.read()).isEqualTo("tcp://127.0.0.1:5562");
        assertThat(with("ipc:///run/pub.sock").read()).isEqualTo("ipc:///run/read.sock");
        assertThatThrownBy(() -> new BusAddresses("ipc:///read.sock", "ipc:///sub", "ipc:///ack"))
                .hasMessageContaining("four different addresses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:1", "tcp://127.1.2.3:65535", "tcp://localhost:5559", "ipc:///x"})
    void stayOnTheNode(String address) {
        assertThat(with(address).publish()).isEqualTo(address);
    }

    /** Spec 01 §11, vector 10. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://0.0.0.0:5559",
                "tcp://*:5559",
                "tcp://192.168.68.5:5559",
                "tcp://127.0.0.1.example.com:5559",
                "tcp://[::]:5559",
                "tcp://127.0.0.1",
                "tcp://127.0.0.1:0",
                "tcp://127.0.0.1:65536",
                "tcp://127.0.0.1:*",
                "ipc://relative/path",
                "ipc://*",
                "inproc://bus",
                "udp://127.0.0.1:5559",
                ""
            })
    void refuseEverythingElse(String address) {
        assertThatThrownBy(() -> with(address))
                .isInstanceOf(ConfigException.class)
                .hasMessage("bus.publish must be ipc:///<path> or tcp://127.0.0.1:<port>, got \"" + address
                        + "\": the bus takes clients of this node only");
    }

    private static BusAddresses with(String publish) {
        return new BusAddresses(publish, "ipc:///run/sub.sock", "ipc:///run/ack.sock");
    }

    @Test
    void fitIntoASocketAddress() {
        String longest = "ipc:///" + "x".repeat(106);
        String tooLong = "ipc:///" + "ä".repeat(53) + "x"; // 54 characters, 107 bytes behind the slash

        assertThat(with(longest).publish()).isEqualTo(longest);
        assertThatThrownBy(() -> with(tooLong))
                .hasMessageContaining("whose path of 108 bytes is longer than a Unix socket's can be (107)");
    }

    @Test
    void nameAllProblemsAtOnce() {
        assertThatThrownBy(() -> new BusAddresses("tcp://0.0.0.0:1", "x", "x", "y"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "bus.publish must", "bus.subscribe must", "bus.acknowledge must", "bus.read must", "different");
    }
}
