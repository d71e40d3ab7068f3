package logyard.core.drain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis://u:p/w@h:1            | redis://***@h:1
            redis://u:p?w@h:1?key=x      | redis://***@h:1?key=x
            redis://u:p#w@h:1            | redis://***@h:1
            redis://u:12/w@h:1           | redis://***@h:1
            tcp://h:1?format={{.a}}@{{.b}} | tcp://h:1?format={{.a}}@{{.b}}
            tcp://h:1/?tok%65n=abc&x=1   | tcp://h:1/?tok%65n=***&x=1
            tcp://h:1?API_KEY=abc        | tcp://h:1?API_KEY=***
            tcp://h:1?auth-token=a%20b   | tcp://h:1?auth-token=***
            tcp://h:1?authtoken=abc      | tcp://h:1?authtoken=***
            file:///x?secrets_dir=a      | file:///x?secrets_dir=a
            tcp://h:1?sig=abc            | tcp://h:1?sig=***
            tcp://h:1?x-api-key=abc      | tcp://h:1?x-api-key=***
            tcp://h:1?credentials=abc    | tcp://h:1?credentials=***
            tcp://h:1?author=abc&cert=x  | tcp://h:1?author=abc&cert=x
            file:///s/logs/a@b.log       | file:///s/logs/a@b.log
            """)
    void hidesSecretsInWhatIsNearlyAUri(String uri, String masked) {
        assertThat(Masking.uri(uri)).isEqualTo(masked);
    }

    @Test
    void hidesSecretsInAText() {
        String text = "cannot use \"redis://me:pw@h:1?token=abc\", nor tcp://a:b@c:2: it is (tls://x:1?secret=s)";

        String masked = Masking.text(text);

        assertThat(masked)
                .isEqualTo("cannot use \"redis://***@h:1?token=***\", nor tcp://***@c:2: it is (tls://x:1?secret=***)");
        assertThat(Masking.text(masked)).isEqualTo(masked);
    }

    @Test
    void leavesExceptionsWithoutSecrets() {
        assertThat(new InvalidDrainException("no: tcp://me:pw@h:1").reason()).isEqualTo("no: tcp://***@h:1");
    }
}
