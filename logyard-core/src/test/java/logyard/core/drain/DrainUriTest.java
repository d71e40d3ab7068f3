package logyard.core.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrainUriTest {
    @Test
    void takesAUriApart() {
        DrainUri uri = DrainUri.parse("TCP://me:secret@logs.example.com:514/x%20y?filter=systail&limit=5&limit=6#z");

        assertThat(uri.scheme()).isEqualTo("tcp");
        assertThat(uri.userInfo()).isEqualTo("me:secret");
        assertThat(uri.host()).isEqualTo("logs.example.com:514");
        assertThat(uri.path()).isEqualTo("/x y");
        assertThat(uri.filters()).containsExactly("systail");
        assertThat(uri.format()).isEmpty();
        assertThat(uri.params()).isEqualTo(Map.of("limit", "5"));
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://me:secret@h:1/,                   tcp://***@h:1/",
        "tcp://a@b:c@h:1/,                       tcp://***@h:1/",
        "https://h/?token=abc&limit=5,           https://h/?token=***&limit=5",
        "https://h/?limit=5&api_token=abc#x,     https://h/?limit=5&api_token=***#x",
        "https://h/?PassWord=abc,                https://h/?PassWord=***",
        "https://h/?secret=a;b,                  https://h/?secret=***",
        "redis://h:1/?key=kato_history,          redis://h:1/?key=kato_history",
        "redis://h:1/?key=0123456789abcdef01234, redis://h:1/?key=***",
        "redis://h:1/?monkey=0123456789abcdef01234, redis://h:1/?monkey=0123456789abcdef01234",
        "not a uri at all,                       not a uri at all"
    })
    void masksWhatIsSecret(String uri, String masked) {
        assertThat(DrainUri.mask(uri)).isEqualTo(masked);
    }

    @Test
    void neverShowsASecretByAccident() {
        assertThat(DrainUri.parse("tcp://me:secret@h:1/?token=abc")).hasToString("tcp://***@h:1/?token=***");
        assertThatThrownBy(() -> DrainUri.parse("tcp://me:secret@h:bad/?token=abc"))
                .hasMessageContaining("tcp://***@h:bad/?token=***")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "://x",
                "tcp://h:bad/",
                "tcp://[::1:99/",
                "tcp://h:1/?x=%zz",
                "tcp://h:1/%",
                "tcp://h:1\n",
                "tcp://a b:1"
            })
    void saysWhatIsNoUri(String text) {
        assertThatThrownBy(() -> DrainUri.parse(text))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessageStartingWith("Not a drain URI: \"" + text + "\": ");
    }

    @Test
    void addsToTheQueryThatIsThere() {
        String built =
                DrainUriBuilder.build("tcp://h:1/?limit=5", List.of("systail", "event"), Map.of("format", "json"));

        assertThat(built).isEqualTo("tcp://h:1/?limit=5&filter=systail&filter=event&format=json");
        assertThat(DrainUri.parse(built).filters()).containsExactly("systail", "event");
    }

    @Test
    void saysWhichTypesThereAreNone() {
        DrainSpec spec = DrainSpec.parse("d", "tcp://h:1", Map.of());

        assertThatThrownBy(() -> new DrainTypes(List.of()).of(spec))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessageContaining("logyard-drains");
    }
}
