package logyard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigBinderTest {
    enum Severity {
        INFO,
        WARNING
    }

    record Rule(
            String substring,
            @Nullable String sample,
            @Nullable Severity severity) {}

    record Settings(
            int maxRecordSize,
            long journalBytes,
            double share,
            boolean overwrite,
            Duration retryLimit,
            Map<String, String> logFiles,
            List<Integer> ports,
            Map<String, Map<String, Rule>> events,
            @Nullable Integer rateLimit) {
        Settings {
            new Problems()
                    .require(maxRecordSize > 0, "max_record_size must be positive, got " + maxRecordSize)
                    .require(share <= 1, "share must be at most 1, got " + share)
                    .throwIfAny();
        }
    }

    record Size(int bytes) {
        Size {
            new Problems()
                    .require(bytes > 0, "bytes must be positive, got " + bytes)
                    .throwIfAny();
        }
    }

    record Nested(Size size) {}

    @Test
    void bindsEveryKindOfValue() throws Exception {
        JsonNode settings = json("""
                {"max_record_size": 4096, "journal_bytes": 8589934592, "share": 0.5, "overwrite": true,
                 "retry_limit": "1h30m", "log_files": {"dea": "", "auth": "/var/log/auth.log"}, "ports": [1, 2],
                 "events": {"kato": {"kato_action": {"substring": "INVOKE", "severity": "WARNING"}}},
                 "rate_limit": 400}""");

        assertThat(ConfigBinder.bind(settings, Settings.class))
                .isEqualTo(new Settings(
                        4096,
                        8_589_934_592L,
                        0.5,
                        true,
                        Duration.ofMinutes(90),
                        Map.of("dea", "", "auth", "/var/log/auth.log"),
                        List.of(1, 2),
                        Map.of("kato", Map.of("kato_action", new Rule("INVOKE", null, Severity.WARNING))),
                        400));
    }

    @Test
    void takesWhatIsMissingAsEmptyOrAsNothingWhereTheRecordAllowsIt() throws Exception {
        JsonNode settings = json("{\"max_record_size\":1,\"journal_bytes\":1,\"share\":1,\"overwrite\":false,"
                + "\"retry_limit\":\"25m\"}");

        Settings bound = ConfigBinder.bind(settings, Settings.class);

        assertThat(bound.logFiles()).isEmpty();
        assertThat(bound.ports()).isEmpty();
        assertThat(bound.rateLimit()).isNull();
    }

    @Test
    void namesEveryProblemAtOnce() throws Exception {
        JsonNode settings = json("""
                {"max_recrod_size": 1, "max_record_size": "4096", "journal_bytes": 1.0, "share": "much",
                 "overwrite": "yes", "retry_limit": "25", "log_files": {"dea": 5, "kato": ""}, "ports": 7,
                 "events": {"kato": {"kato_action": {"severity": "BAD"}}, "dea": 3}}""");

        assertThatThrownBy(() -> ConfigBinder.bind(settings, Settings.class))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refusal -> assertThat(refusal.problems())
                                .containsExactly(
                                        "unknown key max_recrod_size (known: max_record_size, journal_bytes, share, overwrite,"
                                                + " retry_limit, log_files, ports, events, rate_limit)",
                                        "max_record_size must be a whole number, got \"4096\"",
                                        "journal_bytes must be a whole number, got 1.0",
                                        "share must be a number, got \"much\"",
                                        "overwrite must be true or false, got \"yes\"",
                                        "retry_limit must be a duration such as \"25m\", got \"25\"",
                                        "log_files/dea must be text, got 5",
                                        "ports must be a list, got 7",
                                        "events/kato/kato_action/substring is missing",
                                        "events/kato/kato_action/severity must be one of INFO, WARNING, got \"BAD\"",
                                        "events/dea must be an object, got 3"));
    }

    @Test
    void namesEveryRuleTheRecordFindsBroken() throws Exception {
        JsonNode settings = json("{\"max_record_size\":0,\"journal_bytes\":1,\"share\":2,\"overwrite\":false,"
                + "\"retry_limit\":\"25m\"}");

        assertThatThrownBy(() -> ConfigBinder.bind(settings, Settings.class))
                .isInstanceOf(ConfigException.class)
                .hasMessage("max_record_size must be positive, got 0; share must be at most 1, got 2.0");
    }

    @Test
    void tellsWhereARecordInsideRefused() throws Exception {
        JsonNode settings = json("{\"size\":{\"bytes\":-1}}");

        assertThatThrownBy(() -> ConfigBinder.bind(settings, Nested.class))
                .hasMessage("size: bytes must be positive, got -1");
    }

    @Test
    void countsWhatTheTreeCouldNotReadAsAProblem() throws Exception {
        SortedMap<String, JsonNode> values = new TreeMap<>(Map.of("bytes", json("1")));
        var subtree = new ConfigSubtree(values, new TreeMap<>(Map.of("bytes", "is not JSON")));

        assertThatThrownBy(() -> ConfigBinder.bind(subtree, Size.class)).hasMessage("bytes is not JSON");
    }

    @Test
    void refusesAValueWhereARecordBelongs() throws Exception {
        assertThatThrownBy(() -> ConfigBinder.bind(json("{\"size\":5}"), Nested.class))
                .hasMessage("size must be an object of [bytes], got 5");
        assertThatThrownBy(() -> ConfigBinder.bind(json("5"), Nested.class))
                .hasMessage("the settings must be an object of [size], got 5");
    }

    @Test
    void shortensAValueThatIsLong() throws Exception {
        JsonNode settings = json("{\"bytes\":\"" + "x".repeat(70_000) + "\"}");

        assertThatThrownBy(() -> ConfigBinder.bind(settings, Size.class))
                .hasMessageEndingWith("xxx…")
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(200));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new JsonMapper().readTree(text);
    }
}
