package logyard.core.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import logyard.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    private static Optional<InetSocketAddress> address(String listen, String process) {
        return ListenAddress.of(Settings.load(Optional.empty(), Map.of("metrics.listen", listen), Map.of()), process);
    }

    private static String shown(Optional<InetSocketAddress> address) {
        return address.map(InetSocketAddress::toString).orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "logyard, 9464",
        "logyard-node, 9464",
        "logyard-micro, 9464",
        "systail, 9465",
        "cloud_events, 9466",
        "apptail, 9467",
    })
    void eachDaemonHasAPortOfItsOwnOnTheLoopback(String process, int port) {
        var settings = Settings.load(Optional.empty(), Map.of(), Map.of());

        assertThat(shown(ListenAddress.of(settings, process))).isEqualTo("/127.0.0.1:" + port);
    }

    @Test
    void anotherPortIsThatOfTheCore() {
        assertThat(shown(address("10.1.2.3:8000", "systail"))).isEqualTo("/10.1.2.3:8001");
        assertThat(shown(address("[::1]:8000", "logyard"))).isEqualTo("/[0:0:0:0:0:0:0:1]:8000");
        assertThat(shown(address("127.0.0.1:0", "systail"))).isEqualTo("/127.0.0.1:0");
    }

    @Test
    void nothingIsNowhere() {
        assertThat(address("", "logyard")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9464",
                ":9464",
                "127.0.0.1",
                "127.0.0.1:99999",
                "127.0.0.1:65535",
                "http://127.0.0.1:1/",
                "::1:80"
            })
    void whatIsNoAddressIsRefusedByName(String listen) {
        assertThatThrownBy(() -> address(listen, "logyard"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("metrics.listen must be an address of this node and a port")
                .hasMessageContaining("got \"" + listen + "\"");
    }
}
