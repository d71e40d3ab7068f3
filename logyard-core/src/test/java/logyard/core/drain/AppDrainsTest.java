package logyard.core.drain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import logyard.core.daemon.Settings;
import logyard.core.drain.DrainSpec.HostAndPort;
import logyard.core.event.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppDrainsTest {
    @ParameterizedTest
    @CsvSource({
        "appdrain.7.mine,7",
        "appdrain.8c1e4f4e-6a7b.my.own,8c1e4f4e-6a7b",
        "appdrain.7,",
        "appdrain..mine,",
        "appdrains.7.mine,",
        "builtin.apptail,",
        "mine,"
    })
    void tellTheirApplicationByTheirName(String drain, String guid) {
        assertThat(AppDrains.app(drain)).isEqualTo(Optional.ofNullable(guid));
    }

    @Test
    void haveNamesThatOthersDoNot() {
        assertThat(AppDrains.app(AppDrains.names("7") + "mine")).contains("7");
        assertThat(AppDrains.app(AppDrains.names("70") + "mine")).contains("70");
    }

    /** The second as logyard-cli made them for the users of the original. */
    @ParameterizedTest
    @CsvSource({
        "appdrain.7.mine,apptail.7+,apptail.7,true",
        "appdrain.7.mine,apptail.7,apptail.7,true",
        "appdrain.7.mine,apptail.7+,apptail.70,false",
        "appdrain.7.mine,apptail.7,apptail.70,false",
        "appdrain.7.mine,apptail.7,apptail.7.x,false",
        "mine,apptail.7,apptail.70,true",
        "mine,apptail.7+,apptail.70,false",
        "appdrain.70.mine,apptail.7,apptail.70,true"
    })
    void wantTheEventsOfTheirApplicationOnly(String drain, String filter, String key, boolean wanted) {
        DrainSpec spec = DrainSpec.parse(drain, "udp://h:1?filter=" + filter, Map.of());
        byte[] event = (key + " {}").getBytes(UTF_8);
        var message = new Message();

        assertThat(message.pointAt(event, 0, event.length)).isTrue();
        assertThat(spec.wants(message)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({"+", "+apptail.7", "a+b", "apptail.7++", "apptail.7%0A", "+a+"})
    void noOtherBlankIsAllowed(String filter) {
        assertThatThrownBy(() -> DrainSpec.parse("mine", "udp://h:1?filter=" + filter, Map.of()))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessageContaining("a whole key with one blank behind it");
    }

    @Test
    void mayNotSendToTheNodeItselfWhereOthersMay() throws SocketException {
        DrainEnvironment node =
                DrainEnvironment.of(Settings.load(Optional.empty(), Map.of(), Map.of()), Set::of, () -> "");
        DeniedTargets own = node.forDrain("appdrain.7.mine").denied();

        for (String address : List.of("127.0.0.1", "127.1.2.3", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1")) {
            var target = new HostAndPort(address, 80);
            assertThatThrownBy(() -> own.check(target))
                    .isInstanceOf(InvalidDrainException.class)
                    .hasMessageContaining("is one of appdrain.denied_targets on this node");
            assertThatCode(() -> node.forDrain("mine").denied().check(target)).doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> own.check(new HostAndPort("169.254.169.254", 80)))
                .hasMessageContaining("is one of drain.denied_targets on this node");
        assertThatCode(() -> own.check(new HostAndPort("192.0.2.9", 80))).doesNotThrowAnyException();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : each.inetAddresses().toList()) {
                assertThatThrownBy(() -> own.permitted(List.of(address)))
                        .as("an address of this machine")
                        .hasMessageContaining("denied_targets on this node");
            }
        }
    }
}
