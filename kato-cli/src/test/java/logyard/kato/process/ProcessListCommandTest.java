package logyard.kato.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import logyard.kato.output.Colors;
import org.junit.jupiter.api.Test;

class ProcessListCommandTest {
    private static final String OTHER = "10.0.0.6";

    private final TestKato cluster = new TestKato();

    private static ObjectNode running(long pid) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("pid", pid)
                .put("state", "RUNNING")
                .put("since", 1_366_305_302)
                .put("version", "1.0");
    }

    private void register(String node, String process, JsonNode value) {
        cluster.tree.set(ConfigPath.RUNNING.child(node).child(process), value);
    }

    @Test
    void showsTheProcessesOfANode() {
        register(OTHER, "logyard", running(811));
        register(OTHER, "systail", running(812).put("state", "STARTING"));

        assertThat(cluster.kato("process", "list", "-n", OTHER).output()).isEqualTo("""
                        logyard                       RUNNING\tpid 811, since 2013-04-18T17:15:02Z
                        cloud_events                  STOPPED
                        systail                       STARTING\tpid 812, since 2013-04-18T17:15:02Z
                        apptail                       STOPPED
                        """);
    }

    @Test
    void saysWhatIsOneProcess() {
        for (String process : new String[] {"logyard", "systail", "cloud_events"}) {
            register(OTHER, process, running(811));
        }

        assertThat(cluster.kato("process", "list", "-n", OTHER, "systail").output())
                .isEqualTo("systail                       RUNNING\tpid 811, since 2013-04-18T17:15:02Z,"
                        + " one process with logyard and cloud_events\n");
    }

    @Test
    void showsAProblemThatAProcessHas() {
        ObjectNode json = running(813).put("problem_count", 2);
        json.putArray("problems").add("events/dea/bad: regex is \u001b[31mnone").add("another");
        register(OTHER, "cloud_events", json);

        assertThat(cluster.kato("process", "list", "-n", OTHER, "cloud_events").output())
                .endsWith(", 2 problems, such as: events/dea/bad: regex is ^[[31mnone\n");
    }

    @Test
    void groupsTheClusterByNode() {
        register(TestKato.NODE, "logyard", running(1));
        register(OTHER, "logyard", running(2));
        cluster.tree.set(ConfigPath.NODES.child("10.0.0.7"), JsonNodeFactory.instance.objectNode());

        assertThat(cluster.kato("process", "list", "--cluster", "logyard").output())
                .isEqualTo("""
                        10.0.0.5
                          logyard                       RUNNING\tpid 1, since 2013-04-18T17:15:02Z
                        10.0.0.6
                          logyard                       RUNNING\tpid 2, since 2013-04-18T17:15:02Z
                        10.0.0.7
                          logyard                       STOPPED
                        """);
    }

    @Test
    void isReadByPrograms() throws Exception {
        register(OTHER, "logyard", running(811));

        JsonNode json = new JsonMapper()
                .readTree(cluster.kato("process", "list", "-j", "-n", OTHER, "logyard", "systail")
                        .output());

        assertThat(json)
                .isEqualTo(new JsonMapper()
                        .readTree("{\"10.0.0.6\":{\"logyard\":{\"state\":\"RUNNING\",\"pid\":811,\"since\":1366305302},"
                                + "\"systail\":{\"state\":\"STOPPED\",\"pid\":null,\"since\":null}}}"));
        assertThat(cluster.kato("process", "list", "-y", "-n", OTHER, "logyard").output())
                .isEqualTo("\"10.0.0.6\":\n  logyard:\n    state: \"RUNNING\"\n    pid: 811\n    since: 1366305302\n");
    }

    @Test
    void showsWhatANewerVersionRegisters() {
        register(OTHER, "docker_events", running(9));

        assertThat(cluster.kato("process", "list", "-n", OTHER, "docker_events").output())
                .startsWith("docker_events                 RUNNING\tpid 9");
    }

    @Test
    void readsWhatAnOlderOrStrangeVersionRegisters() {
        register(OTHER, "logyard", JsonNodeFactory.instance.numberNode(1));
        register(OTHER, "systail", running(1).put("pid", "x").put("since", Long.MAX_VALUE));

        assertThat(cluster.kato("process", "list", "-n", OTHER, "logyard", "systail")
                        .output())
                .isEqualTo("""
                        logyard                       RUNNING
                        systail                       RUNNING\tsince 9223372036854775807
                        """);
    }

    @Test
    void refusesWhatNobodyKnows() {
        register(OTHER, "logyard", running(811));

        TestKato.Result node = cluster.kato("process", "list", "-n", "10.0.0.9");
        assertThat(node.status()).isEqualTo(1);
        assertThat(node.err()).isEqualTo("ERROR: no node 10.0.0.9 has run Logyard yet; there are 10.0.0.5, 10.0.0.6\n");

        TestKato.Result process = cluster.kato("process", "list", "-n", OTHER, "logyrd");
        assertThat(process.status()).isEqualTo(1);
        assertThat(process.err())
                .isEqualTo("ERROR: there is no process logyrd; there are apptail, cloud_events, logyard, systail\n");

        assertThat(cluster.kato("process", "list", "-c", "-n", OTHER).status()).isEqualTo(2);
    }

    @Test
    void coloursWhatDoesNotRun() {
        cluster.withColors(Colors.XTERM_256);
        register(OTHER, "logyard", running(1));
        register(OTHER, "systail", running(2).put("state", "STARTING"));

        assertThat(cluster.kato("process", "list", "-n", OTHER).output())
                .contains("logyard                       RUNNING\t")
                .contains("systail                       \033[38;5;226mSTARTING\033[0m\t")
                .contains("apptail                       \033[38;5;196mSTOPPED\033[0m\n");
    }

    /** This machine may have systemd or not: what is shown of it must be an answer in any case. */
    @Test
    void neverFailsForSystemd() {
        register(TestKato.NODE, "logyard", running(1));

        assertThat(cluster.kato("process", "list").output())
                .startsWith("logyard                       RUNNING\tpid 1")
                .matches("(?s)(.+\n){4}");
    }
}
