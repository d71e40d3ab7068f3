package logyard.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import logyard.config.ConfigBinder;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.ConfigReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaemonSettingsTest {
    @Test
    void takeThePackagedDefaults() {
        SystailConfig systail = new ConfigReader<>(ConfigPath.SYSTAIL, SystailConfig.class).defaults();
        ApptailConfig apptail = new ConfigReader<>(ConfigPath.APPTAIL, ApptailConfig.class).defaults();
        JsonNode events = new ConfigReader<>(ConfigPath.CLOUD_EVENTS, CloudEventsConfig.class)
                .defaults()
                .events();

        assertThat(systail.logFiles()).isNotEmpty();
        systail.logFiles()
                .forEach((name, path) ->
                        assertThat(SystailConfig.problem(name, path)).isEmpty());
        assertThat(apptail).isEqualTo(new ApptailConfig(950, 100, 10000, 16, 1, 10));
        assertThat(events.at("/kato/kato_action/handlertype").asText()).isEqualTo("json");
    }

    @ParameterizedTest
    @CsvSource({
        "0,100,10000,16,1,0,max_record_size must be 1",
        "950,0,10000,16,1,0,max_lines_per_second must be 1",
        "950,100,65536,16,1,0,max_lines_burst must be 1",
        "950,100,1,0,1,0,read_limit must be 1",
        "950,100,1,16,0,0,persist_position_interval_seconds must be 1",
        "950,100,1,16,1,-1,'max_drains_per_app must be 0 or more, got -1'"
    })
    void ofApptailRefuseWhatCannotBe(
            int size, int perSecond, int burst, int limit, int interval, int drains, String reason) {
        assertThatThrownBy(() -> new ApptailConfig(size, perSecond, burst, limit, interval, drains))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({"a.b, ''", "dea, x.log", "'', /x", "dea, '/a\0b'"})
    void ofSystailSayWhichFileCannotBeFollowed(String name, String path) {
        assertThat(SystailConfig.problem(name, path)).isPresent();
    }

    @Test
    void ofCloudEventsNameEveryProblemOfASpec() throws Exception {
        var spec = new JsonMapper().readTree("{\"substring\":\"\",\"regex\":\"x\",\"severity\":\"FATAL\"}");
        var other = new JsonMapper().readTree("{\"regex\":\"x\",\"foo\":1}");

        assertThatThrownBy(() -> ConfigBinder.bind(spec, EventSpec.class, "events/g/t"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("events/g/t: substring must not be empty")
                .hasMessageContaining("severity must be INFO, WARNING or ERROR, got \"FATAL\"");
        assertThatThrownBy(() -> ConfigBinder.bind(other, EventSpec.class, "events/g/u"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("events/g/u/substring is missing")
                .hasMessageContaining("unknown key events/g/u/foo");
    }
}
