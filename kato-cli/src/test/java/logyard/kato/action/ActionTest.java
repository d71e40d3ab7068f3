package logyard.kato.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionTest {
    private static final LocalDateTime TIME = LocalDateTime.of(2013, 4, 18, 10, 15, 2);

    private static String shown(String arguments) {
        return new Action("kato", List.of(arguments.split(";")), true).commandLine();
    }

    /** The form of spec 07 §8, with the time before it. */
    @Test
    void isTheLineOfJanuary2014() {
        assertThat(new Action("kato", List.of("config", "set", "systail", "log_files/a", "/x \"y\""), true)
                        .line(TIME, 12339))
                .isEqualTo("2013/04/18 10:15:02 [info] (12339) INVOKE-ADMIN-ACTION {\"command\":"
                        + " \"kato config set systail log_files/a '/x \\\"y\\\"'\",\"status\": \"succeeded\"}\n");
        assertThat(new Action("kato", List.of("x"), false).line(TIME, 1)).endsWith("\"status\": \"failed\"}\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            log;drain;add;mine;udp://h:1?a=b&c=d   | kato log drain add mine udp://h:1?a=b&c=d
            log;drain;add;-f;{{.text}};mine;x://h  | kato log drain add -f {{.text}} mine x://h
            config;set;a;b;two words               | kato config set a b 'two words'
            config;set;a;b;it's                    | kato config set a b 'it'\\''s'
            """)
    void canBeTypedAgain(String arguments, String line) {
        assertThat(shown(arguments)).isEqualTo(line.replace("\\\\", "\\"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            log;drain;add;m;redis://u:hunter2@h:1
            log;drain;add;m;tcp://h:1;token=hunter2
            log;drain;add;m;tcp://me:hunter2@h:1?token=x
            log;drain;add;m;tcp://me:hunter2@h:1/?secret=x
            log;drain;add;m;tcp://h:1;password=hunter2
            log;drain;add;m;tcp://h:1?limit=2&api_token=hunter2
            log;drain;add;m;tcp://u:hunter2@h:1?token=hunter2
            config;set;cluster;x/password;hunter2
            config;set;cluster;secret;hunter2
            config;push;cluster;secret;hunter2
            config;set;cluster;x;{"a":{"password":"hunter2"},"b":[{"token":"hunter2"}]}
            config;set;cluster;x;{"a":{"password":"hun\\"ter2","secret":"hunter2"
            config;set;--yaml;cluster;x;password: hunter2
            config;set;cluster;smtp/password;--force;hunter2
            config;set;cluster;smtp/password;--;hunter2
            config;set;--yaml;cluster;x;api_key: hunter2
            config;set;--yaml;cluster;x;Password: hunter2
            config;set;--yaml;cluster;x;password: 'my hunter2'
            config;set;--yaml;cluster;x;{a: {pwd: my hunter2
            config;set;--yaml;cluster;x;the 'Password': 'my hunter2' of a text
            log;drain;add;m;tcp://h:1;key=hunter2-abcdefghijklmnopqrstuvwxyz
            log;drain;add;m;redis://h:1;key=hunter2-abcdefghijklmnopqrstuvwxyz
            config;set;x;y;tcp://u:hunter2@h:1 and tcp://v:hunter2@h:2
            config;set;logyard;drains/x;redis://u:hunter2@h:1
            config;set;logyard;drains;{"x":"redis://u:hunter2@h:1"}
            config;set;cluster;redis/password;--;-hunter
            config;set;cluster;redis/password;--;--hunterfish
            --set;a=b;config;set;--;cluster;redis/password;--hunter
            config;set;cluster;redis/password;-5hunter
            config;set;cluster;credentials/redis;hunter2
            config;set;cluster;credentials;{"main":"hunter2"}
            config;push;cluster;redis/passphrase;hunter2
            config;set;cluster;smtp/pass;hunter2
            config;set;cloud_controller;mbus;natsuser:hunter2@127.0.0.1:4
            log;drain;add;x6;redis:/u:hunter2@127.0.0.1:1/
            log;drain;add;x7;u:hunter2@127.0.0.1:1
            log;drain;add;x4;tcp://h:1;-f;[x token="hunter2"]
            log;drain;add;x3;tcp://h:1;-f;token=hunter2 {{.text}}
            --set=zk.secret=hunter2;log;drain;add;x;udp://h:1
            log;drain;add;--token;hunter2;x;udp://h:1
            """)
    void holdsNoSecret(String arguments) {
        assertThat(shown(arguments)).doesNotContain("hun").contains("***");
    }

    @Test
    void hidesTheSecretsOfSeveralDrainsAtOnce() {
        var action = new Action(
                "kato",
                List.of(
                        "config",
                        "set",
                        "--yaml",
                        "logyard",
                        "drains",
                        "a: tcp://u:hunter2@h:1\nb: tcp://u:hunter2@h:2"),
                true);

        assertThat(action.commandLine())
                .doesNotContain("hunter2")
                .contains("@h:1")
                .contains("@h:2");
    }

    /** Else anybody could hide where logs go by the name of a drain. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "log;drain;add;token;udp://127.0.0.1:9",
                "log;drain;add;token;udp://token:9",
                "log;drain;add;--;--token;udp://127.0.0.1:9",
                "log;drain;add;config;set;password;udp://127.0.0.1:9",
                "log;app;drain;add;7;password;udp://127.0.0.1:9",
                "config;set;logyard;drains/token;udp://127.0.0.1:9",
                "config;set;systail;log_files/secret;/var/log/secret.log",
                "config;set;cluster;bypass;127.0.0.1:9",
                "config;set;cluster;contact;me@example.com"
            })
    void hidesNothingBehindWhatOnlyHasTheNameOfASecret(String arguments) {
        assertThat(shown(arguments)).isEqualTo("kato " + arguments.replace(';', ' '));
    }

    @Test
    void hidesNothingButTheSecret() {
        assertThat(shown("log;drain;add;udp://h:1?token=hunter2;-f;json"))
                .isEqualTo("kato log drain add udp://h:1?token=*** -f json");
    }

    @ParameterizedTest
    @CsvSource({"x, 5000", "é, 3000", "'\u001b', 700", "'\"', 1500", "'a b', 2000"})
    void staysSoShortThatSystailDoesNotCutIt(String text, int count) throws Exception {
        String line =
                new Action("kato", List.of("config", "set", "c", "k", text.repeat(count)), true).line(TIME, 4_000_000);

        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isBetween(1_000, ActionLog.MAX_LINE_BYTES);
        String json = line.substring(line.indexOf('{'));
        assertThat(new JsonMapper().readTree(json).path("command").asText())
                .startsWith("kato config set c k")
                .endsWith("…");
    }

    @Test
    void isOneLineWhateverWasTyped() {
        assertThat(new Action("kato", List.of("config", "set", "c", "k", "a\nb\rc\u0000"), true)
                        .line(TIME, 1)
                        .trim())
                .doesNotContain("\n", "\r", "\u0000");
    }

    /** Somebody may look at the file, and at what systail makes of it, with a terminal. */
    @Test
    void escapesWhatATerminalWouldObey() throws Exception {
        String typed = "a\u009b31mb\u202ec\u2028\u007fd\u00e9";

        String line = new Action("kato", List.of("config", "set", "c", "k", typed), true).line(TIME, 1);

        assertThat(line).contains("\\u009b31mb\\u202ec\\u2028\\u007fd\u00e9").doesNotContain("\u009b", "\u202e");
        String json = line.substring(line.indexOf('{'));
        assertThat(new JsonMapper().readTree(json).path("command").asText())
                .isEqualTo("kato config set c k '" + typed + "'");
    }
}
