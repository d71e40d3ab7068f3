package logyard.kato.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;
import logyard.config.ConfigPath;
import logyard.config.Defaults;
import logyard.kato.TestKato;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples of spec 07 §9, in a cluster that has its defaults. */
class ConfigManualTest {
    private final TestKato cluster = new TestKato();

    @BeforeEach
    void fill() {
        Defaults.all()
                .values()
                .forEach((key, value) -> cluster.tree.set(ConfigPath.parse(ConfigPath.LOGYARD + "/" + key), value));
        cluster.tree.set(ConfigPath.LOGYARD, Defaults.MARK);
    }

    private Optional<JsonNode> at(String key) {
        return cluster.tree.read(ConfigPath.parse(ConfigPath.LOGYARD + "/" + key));
    }

    @Test
    void section9ShowsTheNamedFormats() {
        assertThat(cluster.kato("config", "get", "logyard", "drainformats").output())
                .startsWith("apptail: \"{{.human_time}} {{.source}}.{{.instance_index}}: {{.text}}\"\n")
                .contains("\nsystail: \"{{.name}}@{{.node_id}}: {{.text}}\"\n");
    }

    @Test
    void section9SetsANamedFormat() {
        String template = "{{.human_time}} - {{.app_name}}: {{.text}}";

        var result = cluster.kato("config", "set", "logyard", "drainformats/simplefmt", template);

        assertThat(result.output()).isEqualTo("Set logyard drainformats/simplefmt: \"" + template + "\"\n");
        assertThat(at("drainformats/simplefmt")).contains(new TextNode(template));
        assertThat(at("drainformats/systail")).as("the others").isPresent();
    }

    @Test
    void section9SetsARetryLimit() {
        cluster.kato("config", "set", "logyard", "retrylimits/papertrail", "10h")
                .output();

        assertThat(at("retrylimits/papertrail")).contains(new TextNode("10h"));
    }

    @Test
    void section9DeletesALogFile() {
        var result = cluster.kato("config", "del", "systail", "log_files/dpkg");

        assertThat(result.output()).isEqualTo("Deleted systail log_files/dpkg\n");
        assertThat(at("systail/log_files/dpkg")).isEmpty();
        assertThat(at("systail/log_files/auth")).as("the others").isPresent();
    }

    @Test
    void section9SetsALogFile() {
        cluster.kato("config", "set", "systail", "log_files/dpkg", "/tmp/dpkg.log")
                .output();

        assertThat(at("systail/log_files/dpkg")).contains(new TextNode("/tmp/dpkg.log"));
    }

    @Test
    void section9SetsANumber() {
        cluster.kato("config", "set", "apptail", "read_limit", "100").output();

        assertThat(at("apptail/read_limit")).contains(IntNode.valueOf(100));
    }

    @Test
    void section9SetsAllEventsFromYamlByTheOldNameOfTheirComponent() {
        cluster.withInput("""
                events:
                  myprocess:
                    my_type:
                      substring: "JOB_DONE"
                      regex: 'JOB_DONE (\\w+) in (\\d+)s'
                      severity: WARNING
                      format: "Job $1 finished after $2 seconds"
                """);

        cluster.kato("config", "set", "--yaml", "logyard_sieve", "/").output();

        assertThat(at("cloud_events/events/myprocess/my_type").orElseThrow().get("severity"))
                .as("one value")
                .isEqualTo(new TextNode("WARNING"));
        assertThat(cluster.tree.names(ConfigPath.CLOUD_EVENTS.child("events"))).containsExactly("myprocess");
    }

    /** As an operator and our benchmark do it. */
    @Test
    void replacesAWholeMap() {
        var result = cluster.kato("config", "set", "systail", "log_files", "{\"name\": \"/path\"}");

        assertThat(result.status()).isZero();

        assertThat(cluster.tree.children(ConfigPath.SYSTAIL.child("log_files")))
                .containsExactlyEntriesOf(Map.of("name", new TextNode("/path")));
        assertThat(at("systail/max_record_size")).contains(IntNode.valueOf(4096));
    }
}
