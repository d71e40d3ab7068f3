package logyard.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultsTest {
    @Test
    void areTheBuiltInDrains() {
        assertThat(texts(ConfigPath.DRAINS))
                .isEqualTo(Map.of(
                        "builtin.apptail", "redis://stackato-core:6464/?filter=apptail&limit=400",
                        "builtin.cloudevents", "redis://stackato-core:6464/?filter=event&limit=256&key=cloud_events",
                        "builtin.katohistory",
                                "redis://stackato-core:6464/?filter=event.kato_action&limit=256&key=kato_history"));
    }

    @Test
    void areTheNamedFormats() {
        assertThat(texts(ConfigPath.DRAIN_FORMATS))
                .containsOnlyKeys("systail", "apptail", "event", "systail-syslog", "apptail-syslog", "event-syslog")
                .containsEntry("event", "{{.type}}@{{.node_id}}: {{.text}} -- via {{.process}}");
    }

    @Test
    void areTheRetryLimits() {
        assertThat(texts(ConfigPath.RETRY_LIMITS)).isEqualTo(Map.of("tmp.", "25m", "appdrain.", "24h"));
    }

    @Test
    void areTheFilesOfSystail() {
        ConfigSubtree systail = at(ConfigPath.SYSTAIL);

        assertThat(systail.value("max_record_size")).map(JsonNode::intValue).contains(4096);
        assertThat(texts(ConfigPath.SYSTAIL.child("log_files")))
                .containsEntry("auth", "/var/log/auth.log")
                .containsEntry("nginx_error", "/s/logs/nginx_error.log")
                .containsEntry("dea", "")
                .containsKeys("dea_ng", "cloud_controller_ng", "dockerd", "zookeeper", "stackato-lxc")
                .hasSize(56);
    }

    @Test
    void areTheLimitsOfApptail() {
        assertThat(at(ConfigPath.APPTAIL).toJson())
                .hasToString(
                        "{\"max_drains_per_app\":10,\"max_lines_burst\":10000,\"max_lines_per_second\":100,\"max_record_size\":950,"
                                + "\"persist_position_interval_seconds\":1,\"read_limit\":16}");
    }

    @Test
    void keepTheSpecOfAnEventInOnePiece() {
        ConfigSubtree events = at(ConfigPath.CLOUD_EVENTS.child("events"));

        assertThat(events.value("kernel/oom_killer"))
                .map(JsonNode::toString)
                .contains("{\"substring\":\"oom-killer\",\"regex\":\"(\\\\w+ invoked oom\\\\-killer)\","
                        + "\"sample\":\"[21510.516563] uwsgi invoked oom-killer: gfp_mask=0x50\","
                        + "\"severity\":\"WARNING\",\"format\":\"OOM action: $1\"}");
        assertThat(events.values())
                .hasSize(30)
                .containsKeys("dea/dea_start", "kato/kato_action_plain", "__all__/timeline");
    }

    @Test
    void haveNothingToSayOfOtherPlaces() {
        assertThat(Defaults.at(ConfigPath.CLUSTER)).isEmpty();
        assertThat(at(ConfigPath.LOGYARD.child("nowhere"))).isEqualTo(ConfigSubtree.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logyard.yml", "systail.yml", "apptail.yml"})
    void explainEveryKey(String file) throws IOException {
        List<String> lines = lines(file);

        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches("[a-z_]+:.*")) {
                assertThat(lines.get(i - 1))
                        .as("the line before %s", lines.get(i))
                        .startsWith("# ");
            }
        }
    }

    private static ConfigSubtree at(ConfigPath root) {
        return Defaults.at(root).orElseThrow();
    }

    private static Map<String, String> texts(ConfigPath root) {
        var texts = new java.util.TreeMap<String, String>();
        at(root).values().forEach((name, value) -> texts.put(name, value.textValue()));
        return texts;
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream yaml = Defaults.class.getResourceAsStream(file)) {
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
