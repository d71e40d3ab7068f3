package logyard.core.drain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            natsuser:natspass@127.0.0.1:4 | ***@127.0.0.1:4
            redis:/u:slashpw@127.0.0.1:1/ | redis:/***@127.0.0.1:1/
            redis:u:pw@h:1               | ***@h:1
            //u:pw@h:1                   | //***@h:1
            u:p@w@h:1?x=tcp://y          | ***@h:1?x=tcp://y
            nats://u:p@h:1,nats://v:q@i:1 | nats://***@h:1,nats://***@i:1
            127.0.0.1:4222               | 127.0.0.1:4222
            me@example.com:25            | me@example.com:25
            mailto:me@example.com        | mailto:me@example.com
            127.0.0.1:80/x@y             | 127.0.0.1:80/x@y
            tcp://h:1?format=%7B%7B.a%7D%7D:%7B%7B.b%7D%7D@%7B%7B.c%7D%7D | tcp://h:1?format=%7B%7B.a%7D%7D:%7B%7B.b%7D%7D@%7B%7B.c%7D%7D
            tcp://h:1?format=x+token%3D%22quoted%22%5D   | tcp://h:1?format=x+token%3D***%5D
            tcp://h:1?format=token%3Dabcdefgh+%7B%7B.text%7D%7D&limit=2 | tcp://h:1?format=token%3D***+%7B%7B.text%7D%7D&limit=2
            tcp://h:1?format=token={{.token}} | tcp://h:1?format=token={{.token}}
            tcp://token:1?limit=2        | tcp://token:1?limit=2
            """)
    void hidesSecretsInWhatIsNearlyAUri(String uri, String masked) {
        assertThat(Masking.uri(uri)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            natsuser:natspass@127.0.0.1:4  | ***@127.0.0.1:4
            udp://token:9?limit=2          | udp://token:9?limit=2
            tcp://u:pw@h:1 and tcp://v:pw@h:2 | tcp://***@h:1 and tcp://***@h:2
            token=my hunter2               | token=***
            token=abcdefgh {{.text}}       | token=***
            x token=abcdefgh {{.text}}     | x token=*** {{.text}}
            [x] token="a b"]               | [x] token=***]
            {{.a}} "password": "a\\"b", x  | {{.a}} "password": ***, x
            password: it's, user: me       | password: ***, user: me
            --set=zk.secret=abc            | --set=zk.secret=***
            Authorization: Bearer abc      | Authorization: ***
            "token":"{{.token}}"           | "token":"{{.token}}"
            got token $1                   | got token $1
            token: $1                      | token: $1
            """)
    void hidesSecretsInValues(String value, String masked) {
        assertThat(Masking.value(value)).isEqualTo(masked.replace("\\\\", "\\"));
        assertThat(Masking.value(masked)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "'cannot use u:pw@h:1, me@x.org or h:1', 'cannot use ***@h:1, me@x.org or h:1'",
        "'wrong password: refused', 'wrong password: refused'",
        "'refused token=abc, try again', 'refused token=***, try again'"
    })
    void hidesSecretsInSentences(String text, String masked) {
        assertThat(Masking.text(text)).isEqualTo(masked);
        assertThat(Masking.text(masked)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", " ", "a:", "a@", "a=", "{{", "token=", "token: \"\\", "x,", "u:p@", "://", "tcp://u:p@"})
    void isQuickWhateverTheText(String part) {
        String text = part.repeat(20_000 / part.length());

        assertThat(Masking.value("token=x " + text + "\n y")).doesNotContain("token=x");
        assertThat(Masking.text(text)).isNotNull();
        assertThat(Masking.uri("tcp://u:pw@h:1/?x=" + text)).doesNotContain("pw");
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
