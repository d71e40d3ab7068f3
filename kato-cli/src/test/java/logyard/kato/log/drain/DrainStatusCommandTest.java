package logyard.kato.log.drain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import logyard.kato.output.Colors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainStatusCommandTest {
    private static final String NODE = "192.168.68.5";

    private final TestKato cluster = new TestKato();

    @BeforeEach
    void runTheDrainsOfTheManual() throws Exception {
        put("/proc/logyard/running/" + NODE + "/logyard", "{\"pid\":811}");
        addDrain("builtin.apptail", "{'name':'RUNNING','rev':3}");
        addDrain("appdrain.1.mydrain", "{'name':'RETRYING','rev':75,'error':'dial tcp: invalid port 3424252'}");
        addDrain("appdrain.1.mine", "{'name':'RUNNING','rev':53}");
    }

    private void addDrain(String name, String status) throws Exception {
        cluster.withDrain(name, "tcp://h:1");
        put("/proc/logyard/status/" + NODE + "/" + name, status);
    }

    private void put(String path, String json) throws Exception {
        cluster.tree.set(ConfigPath.parse(path), new JsonMapper().readTree(json.replace('\'', '"')));
    }

    private TestKato.Result status(String... arguments) {
        String[] command = Stream.concat(Stream.of("log", "drain", "status"), Stream.of(arguments))
                .toArray(String[]::new);
        return cluster.kato(command);
    }

    @Test
    void showsTheLinesOfTheManualSorted() {
        assertThat(status().output()).isEqualTo("""
                appdrain.1.mine     \t192.168.68.5\tRUNNING[53]
                appdrain.1.mydrain  \t192.168.68.5\tRETRYING[75]\tdial tcp: invalid port 3424252
                builtin.apptail     \t192.168.68.5\tRUNNING[3]
                """);
    }

    @Test
    void showsErrorsInRedOnATerminal() {
        assertThat(cluster.withColors(Colors.XTERM_256)
                        .kato("log", "drain", "status", "appdrain.1.mydrain")
                        .output())
                .endsWith("RETRYING[75]\t\033[38;5;196mdial tcp: invalid port 3424252\033[0m\n");
        assertThat(cluster.withColors(Colors.SIXTEEN)
                        .kato("log", "drain", "status", "appdrain.1.mydrain")
                        .output())
                .endsWith("RETRYING[75]\t\033[1;31;49mdial tcp: invalid port 3424252\033[0m\n");
    }

    @Test
    void leavesOutWhatRunsIfAskedTo() {
        assertThat(status("-n").output())
                .isEqualTo("appdrain.1.mydrain  \t192.168.68.5\tRETRYING[75]\tdial tcp: invalid port 3424252\n");
        assertThat(status("--not-running", "--json").output())
                .isEqualTo("{\"appdrain.1.mydrain\":{\"192.168.68.5\":{\"name\":\"RETRYING\",\"rev\":\"75\","
                        + "\"error\":\"dial tcp: invalid port 3424252\"}}}\n");
    }

    @Test
    void showsDocumentsOfTextsOnly() {
        assertThat(status("-j", "builtin.apptail").output())
                .isEqualTo("{\"builtin.apptail\":{\"192.168.68.5\":{\"name\":\"RUNNING\",\"rev\":\"3\"}}}\n");
        assertThat(status("-y", "builtin.apptail").output()).isEqualTo("""
                builtin.apptail:
                  "192.168.68.5":
                    name: "RUNNING"
                    rev: "3"
                """);
    }

    @Test
    void showsWhatBecameOfTheEvents() throws Exception {
        addDrain("lossy", "{'rev':3,'since':1366305302,'dropped':12,'name':'RUNNING','delivered':88}");

        assertThat(status("lossy").output())
                .isEqualTo("lossy               \t192.168.68.5\tRUNNING[3]\t12 events dropped\n");
        assertThat(status("-j", "lossy").output())
                .isEqualTo("{\"lossy\":{\"192.168.68.5\":{\"name\":\"RUNNING\",\"rev\":\"3\",\"since\":\"1366305302\","
                        + "\"dropped\":\"12\",\"delivered\":\"88\"}}}\n");
    }

    @Test
    void showsWhyEventsWereDropped() throws Exception {
        addDrain(
                "lossy",
                "{'name':'RUNNING','rev':3,'dropped':12,'drops':{'evicted':{'events':10,'since':1366305302,'announced':0},"
                        + "'too_large':{'events':2,'since':1366305303,'announced':2}}}");

        assertThat(status("lossy").output())
                .isEqualTo("lossy               \t192.168.68.5\tRUNNING[3]\t12 events dropped:"
                        + " 10 evicted since 2013-04-18T17:15:02Z, 2 too_large since 2013-04-18T17:15:03Z\n");
        assertThat(status("-j", "lossy").output()).contains("\"drops\":\"{\\\"evicted\\\":{\\\"events\\\":10,");
    }

    @Test
    void showsThatNobodyListens() throws Exception {
        addDrain("udp", "{'name':'RUNNING','rev':3,'dropped':0,'refusals':7}");

        assertThat(status("udp").output())
                .isEqualTo("udp                 \t192.168.68.5\tRUNNING[3]\tnobody listens there (7 refusals)\n");
    }

    /** ZooKeeper keeps the place of a node whose processes are gone. */
    @Test
    void leavesOutANodeOnWhichNothingRunsAnyMore() throws Exception {
        put("/proc/logyard/running/10.0.0.9/logyard", "{'pid':5}");
        cluster.tree.delete(ConfigPath.parse("/proc/logyard/running/10.0.0.9/logyard"));
        put("/proc/logyard/running/10.0.0.9", "{}");

        assertThat(status("builtin.apptail").output()).isEqualTo("builtin.apptail     \t192.168.68.5\tRUNNING[3]\n");
    }

    /** The original showed the state of the local node for all of them (09 F-11). */
    @Test
    void showsEachNodeWithItsOwnState() throws Exception {
        put("/proc/logyard/running/192.168.68.10/logyard", "{'pid':5}");
        put("/proc/logyard/status/192.168.68.10/builtin.apptail", "{'name':'FATAL','rev':4,'error':'no'}");

        assertThat(status("builtin.apptail").output()).isEqualTo("""
                builtin.apptail     \t192.168.68.10\tFATAL[4]\tno
                builtin.apptail     \t192.168.68.5\tRUNNING[3]
                """);
    }

    @Test
    void saysWhereItIsUnknownHowADrainIs() throws Exception {
        put("/proc/logyard/running/10.0.0.6/systail", "{'pid':5}");
        put("/node/10.0.0.7", "{'roles':{'dea':'RUNNING'}}");
        put("/proc/logyard/status/10.0.0.6/builtin.apptail", "5");

        assertThat(status("builtin.apptail").output()).isEqualTo("""
                builtin.apptail     \t10.0.0.6\tUNKNOWN[0]
                builtin.apptail     \t10.0.0.7\tUNKNOWN[0]
                builtin.apptail     \t192.168.68.5\tRUNNING[3]
                """);
        assertThat(status("-n", "-j", "builtin.apptail").output())
                .isEqualTo("{\"builtin.apptail\":{\"10.0.0.6\":{\"name\":\"UNKNOWN\",\"rev\":\"0\"},"
                        + "\"10.0.0.7\":{\"name\":\"UNKNOWN\",\"rev\":\"0\"}}}\n");
    }

    @Test
    void saysThatThereIsNoSuchDrain() {
        var result = status("builtin.apptail", "nope");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("ERROR: No such drain: nope\n");
    }

    @Test
    void saysThatNoNodeCouldHaveAStatus() {
        cluster.tree.delete(ConfigPath.parse("/proc/logyard/running"));
        cluster.tree.delete(ConfigPath.parse("/proc/logyard/status"));

        var result = status();

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEqualTo("WARN: no node of this cluster has run Logyard yet\n");
    }

    @Test
    void letsNoErrorReachTheTerminalAsAnEscapeSequence() throws Exception {
        addDrain("mine", "{'name':'RETRYING','rev':3,'error':'a\\u001b[2Jb'}");

        assertThat(status("mine").output()).endsWith("\ta^[[2Jb\n");
    }
}
