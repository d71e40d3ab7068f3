package logyard.kato.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import logyard.kato.TestKato;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kato remote} refuses before it listens. */
class RemoteOptionsTest {
    @TempDir
    private Path folder;

    private final TestKato cluster = new TestKato();

    private Path token(String text, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0123456789abcdef | rw-r----- | others than its owner may use",
                "0123456789abcdef | rw-----w- | others than its owner may use",
                "short            | rw------- | must hold one token of 16 to 512 printable characters",
                "01234567 9abcdef | rw------- | must hold one token of 16 to 512 printable characters"
            })
    void refusesATokenThatIsNone(String text, String permissions, String reason) throws Exception {
        var result =
                cluster.kato("remote", "--token-file", token(text, permissions).toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("ERROR: ").contains(reason).doesNotContain(text);
    }

    @Test
    void saysHowToMakeATokenThatIsNotThere() {
        var result =
                cluster.kato("remote", "--token-file", folder.resolve("none").toString());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("ERROR: cannot read the token in ").contains("openssl rand -hex 32 > ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0:8891", "10.0.0.5:8891", "example.com:8891", "127.0.0.1", "127.0.0.1:99999", ":8891"})
    void listensAtTheLoopbackOnly(String address) {
        var result = cluster.kato("remote", "--listen", address);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .contains("must be an address of the loopback and a port")
                .contains(address);
    }
}
