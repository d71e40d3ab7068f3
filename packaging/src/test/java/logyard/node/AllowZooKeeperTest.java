package logyard.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bin/allow-zookeeper}, with a {@code systemctl} that only says what it was told. */
class AllowZooKeeperTest {
    @TempDir
    Path folder;

    private String told(String settings, Map<String, String> environment) throws IOException {
        Path conf = Files.writeString(folder.resolve("logyard.properties"), settings);
        Path systemctl = Files.writeString(folder.resolve("systemctl"), "#!/bin/sh\nprintf '%s|' \"$@\"\n");
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
        var process =
                new ProcessBuilder("sh", "src/main/bin/allow-zookeeper", "some.service").redirectErrorStream(true);
        process.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        process.environment().put("LOGYARD_CONF", conf.toString());
        process.environment().putAll(environment);
        return new String(process.start().getInputStream().readAllBytes(), UTF_8);
    }

    private static String allowing(String addresses) {
        return "set-property|--runtime|some.service|IPAddressAllow=|IPAddressAllow="
                + addresses.replace("localhost", "127.0.0.0/8 ::1/128") + "|";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            zk.connect=127.0.0.1:2181                         | localhost
            zk.connect=localhost:2181                         | localhost
            zk.connect=10.0.0.1:2181,10.0.0.2,127.0.0.1:2181  | localhost 10.0.0.1 10.0.0.2
            zk.connect = 10.0.0.1:2181, 10.0.0.2:2181         | localhost 10.0.0.1 10.0.0.2
            zk.connect: [fd00::1]:2181,[::1]:2181             | localhost fd00::1
            zk.connect=10.0.0.1,zk2.example.com:2181          | any
            zk.connect=127.example.com:2181                   | any
            zk.connect=2001:db8::5:2181                       | any
            zk.connect=10.0.0.1,\\                            | any
            metrics.listen=127.0.0.1:9464                     | localhost
            metrics.listen=[::1]:9464                         | localhost
            metrics.listen=0.0.0.0:9464                       | any
            metrics.listen=10.0.0.5:9464                      | any
            metrics.listen=node.example.com:9464              | any
            metrics.listen=                                   | localhost
            """)
    void allowsTheServersThatAreBeyondTheLoopback(String settings, String addresses) throws IOException {
        assertThat(told(settings + "\n", Map.of())).isEqualTo(allowing(addresses));
    }

    @Test
    void theLastLineCountsAndCommentsDoNot() throws IOException {
        assertThat(told("zk.connect=zk1\nzk.connect=10.0.0.1\n#zk.connect=10.0.0.2\n", Map.of()))
                .isEqualTo(allowing("localhost 10.0.0.1"));
    }

    @Test
    void theEnvironmentGoesOverTheFile() throws IOException {
        assertThat(told("zk.connect=zk1\n", Map.of("LOGYARD_ZK_CONNECT", "10.0.0.1:2181")))
                .isEqualTo(allowing("localhost 10.0.0.1"));
    }

    @Test
    void allowsTheLoopbackOnlyWithoutSettings() throws IOException {
        assertThat(told("", Map.of("LOGYARD_CONF", "/nowhere"))).isEqualTo(allowing("localhost"));
    }
}
