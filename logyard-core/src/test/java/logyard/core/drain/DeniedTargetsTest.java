package logyard.core.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import logyard.config.ConfigException;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.core.drain.DrainSpec.HostAndPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeniedTargetsTest {
    private static final DeniedTargets DEFAULT = denied(Setting.DRAIN_DENIED_TARGETS.absent());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "fe80::1",
                "febf:ffff::1",
                "fd00:ec2::254",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "fd20:ce::254"
            })
    void deniesWhatCloudsOfferTheirMachines(String address) throws IOException {
        assertThatThrownBy(() -> DEFAULT.permitted(List.of(InetAddress.getByName(address))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("drain.denied_targets");
        assertThatThrownBy(() -> DEFAULT.check(new HostAndPort(address, 80)))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessageContaining(address)
                .hasMessageContaining("drain.denied_targets");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.9",
                "169.253.255.255",
                "169.255.0.0",
                "100.100.100.201",
                "::1",
                "fec0::1",
                "fd00:ec2::253",
                "64:ff9b::a9ff:1"
            })
    void permitsEverythingElse(String address) throws IOException {
        List<InetAddress> addresses = List.of(InetAddress.getByName(address));

        assertThat(DEFAULT.permitted(addresses)).isEqualTo(addresses);
        assertThatCode(() -> DEFAULT.check(new HostAndPort(address, 80))).doesNotThrowAnyException();
    }

    @Test
    void ofSeveralAddressesOnlyThePermittedAreLeft() throws IOException {
        InetAddress good = InetAddress.getByName("10.0.0.9");

        assertThat(DEFAULT.permitted(List.of(InetAddress.getByName("169.254.169.254"), good)))
                .containsExactly(good);
    }

    @Test
    void aNameIsNotLookedUpBeforeTheConnect() {
        assertThatCode(() -> DEFAULT.check(new HostAndPort("no.such.host.invalid", 80)))
                .doesNotThrowAnyException();
    }

    @Test
    void anOperatorMayDenyMoreOrNothing() throws IOException {
        InetAddress host = InetAddress.getByName("10.1.2.3");

        assertThat(denied("").permitted(List.of(host))).containsExactly(host);
        assertThatThrownBy(() -> denied(" 10.0.0.0/8 , ::/0 ").permitted(List.of(host)))
                .hasMessage("drains may not send to 10.1.2.3 (10.0.0.0/8 is one of drain.denied_targets on this node)");
        assertThatThrownBy(() -> denied("10.0.0.0/15").permitted(List.of(host))).isInstanceOf(IOException.class);
        assertThat(denied("10.2.0.0/15").permitted(List.of(host))).containsExactly(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "fe80::/129", "10.0.0", "localhost", "10.0.0.300", "1:2:3", "10.0.0.0/", "/8"})
    void whatIsNoNetworkIsNamed(String text) {
        assertThatThrownBy(() -> denied("127.0.0.1," + text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("drain.denied_targets")
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("169.254.0.0/16");
    }

    private static DeniedTargets denied(String networks) {
        Settings settings =
                Settings.load(Optional.empty(), Map.of(Setting.DRAIN_DENIED_TARGETS.key(), networks), Map.of());
        return new DeniedTargets(settings.networks(Setting.DRAIN_DENIED_TARGETS));
    }
}
