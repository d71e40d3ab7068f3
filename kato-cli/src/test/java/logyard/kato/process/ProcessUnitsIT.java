package logyard.kato.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import logyard.config.zookeeper.TestZooKeeper;
import logyard.kato.ChildProcess;
import logyard.kato.KatoMain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kato process start}, {@code stop} and {@code restart} with a {@code systemctl} that only notes what it is told. */
class ProcessUnitsIT {
    private static final String RUNS =
            "LoadState=loaded ActiveState=active SubState=running UnitFileState=enabled MainPID=7";
    private static final String ENABLED =
            "LoadState=loaded ActiveState=inactive SubState=dead UnitFileState=enabled MainPID=0";
    private static final String INSTALLED =
            "LoadState=loaded ActiveState=inactive SubState=dead UnitFileState=disabled MainPID=0";
    private static final String FAILED =
            "LoadState=loaded ActiveState=failed SubState=failed UnitFileState=enabled MainPID=0";
    private static final String MISSING = "LoadState=not-found ActiveState=inactive SubState=dead MainPID=0";

    @TempDir
    Path folder;

    private final TestZooKeeper zooKeeper = TestZooKeeper.started();
    private String answer = "exit 0";

    @AfterEach
    void stop() {
        zooKeeper.close();
    }

    /** One that knows the units logyard, systail, cloud-events, apptail and logyard-node, in this order, in these states. */
    private void systemctl(String... states) throws IOException {
        List<String> names = List.of("logyard", "systail", "cloud-events", "apptail", "logyard-node");
        var script = new StringBuilder("#!/bin/sh\necho \"$@\" >> " + folder + "/calls\nif [ \"$1\" = show ]; then\n");
        for (int i = 0; i < names.size(); i++) {
            script.append("printf '%s\\n' Id=")
                    .append(names.get(i))
                    .append(".service ")
                    .append(states[i])
                    .append("\necho\n");
        }
        Path file = folder.resolve("systemctl");
        Files.writeString(file, script + "exit 0\nfi\n" + answer + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What kato printed, and its status. */
    private record Outcome(int status, String out, String err) {}

    private Outcome kato(String... command) throws Exception {
        return katoWithPath(folder + ":" + System.getenv("PATH"), command);
    }

    private Outcome katoWithPath(String path, String... command) throws Exception {
        String[] arguments = new String[command.length + 8];
        List<String> settings = List.of(
                "--set",
                "zk.connect=" + zooKeeper.connect(),
                "--set",
                "zk.acl=open",
                "--set",
                "node.ip=127.0.0.1",
                "--set",
                "logs.dir=" + folder);
        System.arraycopy(settings.toArray(), 0, arguments, 0, 8);
        System.arraycopy(command, 0, arguments, 8, command.length);
        try (var kato = ChildProcess.start(folder, KatoMain.class, Map.of("PATH", path), arguments)) {
            return new Outcome(kato.awaitEnd(), kato.out(), kato.err());
        }
    }

    private List<String> acts() throws IOException {
        return Files.readAllLines(folder.resolve("calls")).stream()
                .filter(call -> !call.startsWith("show "))
                .toList();
    }

    @Test
    void startsWhatIsNamed() throws Exception {
        systemctl(RUNS, INSTALLED, INSTALLED, INSTALLED, INSTALLED);

        Outcome start = kato("process", "start", "systail", "cloud_events");

        assertThat(start).isEqualTo(new Outcome(0, "Started cloud-events.service\nStarted systail.service\n", ""));
        assertThat(acts()).containsExactly("--no-ask-password start cloud-events.service systail.service");
        assertThat(Files.readString(folder.resolve("kato.log")))
                .endsWith("INVOKE-ADMIN-ACTION {\"command\": \"kato --set zk.connect=" + zooKeeper.connect()
                        + " --set zk.acl=open --set node.ip=127.0.0.1 --set logs.dir=" + folder
                        + " process start systail cloud_events\",\"status\": \"succeeded\"}\n");
    }

    @Test
    void withoutANameActsOnWhatStartsWithTheMachineOrRuns() throws Exception {
        systemctl(RUNS, ENABLED, INSTALLED, MISSING, MISSING);

        assertThat(kato("process", "restart", "-n", "127.0.0.1").out())
                .isEqualTo("Restarted logyard.service\nRestarted systail.service\n");
        assertThat(acts()).containsExactly("--no-ask-password restart logyard.service systail.service");
    }

    @Test
    void stopsAWholeNodeInOneProcessOnlyAsAWhole() throws Exception {
        systemctl(INSTALLED, INSTALLED, INSTALLED, INSTALLED, RUNS);

        Outcome part = kato("process", "stop", "systail");
        assertThat(part.status()).isEqualTo(1);
        assertThat(part.err())
                .isEqualTo(
                        "ERROR: systail cannot be stopped without cloud_events and logyard: logyard-node is all of them"
                                + " in one process; name them all: kato process stop cloud_events logyard systail\n");
        assertThat(acts()).isEmpty();

        assertThat(kato("process", "stop").out()).isEqualTo("Stopped logyard-node.service\n");
        assertThat(acts()).containsExactly("--no-ask-password stop logyard-node.service");
    }

    @Test
    void refusesOtherNodesAndSaysWhatToRunThere() throws Exception {
        systemctl(RUNS, RUNS, RUNS, RUNS, INSTALLED);
        zooKeeper.put("/node", new byte[0]);
        zooKeeper.put("/node/10.0.0.7", "{}".getBytes(UTF_8));

        Outcome other = kato("process", "stop", "-n", "10.0.0.7", "systail");
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.err()).endsWith("run: ssh 10.0.0.7 kato process stop systail\n");

        assertThat(kato("process", "stop", "-n", "10.0.0.8").err())
                .isEqualTo("ERROR: no node 10.0.0.8 has run Logyard yet; there are 10.0.0.7, 127.0.0.1\n");

        Outcome all = kato("process", "restart", "-c");
        assertThat(all.status()).isEqualTo(1);
        assertThat(all.err()).endsWith("run: ssh 10.0.0.7 kato process restart; kato process restart\n");
        assertThat(folder.resolve("calls")).doesNotExist();
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        systemctl(RUNS, MISSING, INSTALLED, INSTALLED, MISSING);

        assertThat(kato("process", "start", "systail").err())
                .isEqualTo("ERROR: systemd of this node knows no systail.service; install the package, or its units"
                        + " (README.md)\n");
        assertThat(kato("process", "start", "redis").err())
                .isEqualTo("ERROR: there is no process redis; there are apptail, cloud_events, logyard, systail\n");

        systemctl(INSTALLED, INSTALLED, INSTALLED, INSTALLED, INSTALLED);
        assertThat(kato("process", "stop").err())
                .startsWith("ERROR: systemd starts no process of Logyard with this machine");
        assertThat(acts()).isEmpty();
    }

    @Test
    void saysThatItTakesRoot() throws Exception {
        answer = "echo 'Failed to stop logyard.service: Interactive authentication required.' >&2; exit 1";
        systemctl(RUNS, INSTALLED, INSTALLED, INSTALLED, INSTALLED);

        Outcome stop = kato("process", "stop", "logyard");

        assertThat(stop)
                .isEqualTo(new Outcome(
                        1,
                        "",
                        "ERROR: systemctl stop logyard.service failed: Failed to stop logyard.service: Interactive"
                                + " authentication required.; it takes root: run it with sudo\n"));
        assertThat(Files.readString(folder.resolve("kato.log"))).endsWith("\"status\": \"failed\"}\n");
    }

    @Test
    void saysThatThereIsNoSystemd() throws Exception {
        String empty = Files.createDirectory(folder.resolve("empty")).toString();
        Outcome start = katoWithPath(empty, "process", "start", "logyard");

        assertThat(start.status()).isEqualTo(1);
        assertThat(start.err()).startsWith("ERROR: there is no systemd on this node that answers");
    }

    @Test
    void listsWhatSystemdKnowsOfWhatIsNotRegistered() throws Exception {
        systemctl(RUNS, FAILED, ENABLED, MISSING, MISSING);

        assertThat(kato("process", "list").out())
                .isEqualTo(
                        "logyard                       STARTING\tpid 7, not registered yet; logyard.service is active"
                                + " (running)\n"
                                + "cloud_events                  STOPPED\tcloud-events.service is enabled\n"
                                + "systail                       FATAL\tsee: journalctl -u systail.service\n"
                                + "apptail                       STOPPED\tthere is no apptail.service here\n");

        assertThat(kato("process", "ready", "all").err())
                .isEqualTo(
                        "not ready on 127.0.0.1: logyard (not registered), cloud_events (not registered), systail (not"
                                + " registered)\n");
    }

    /** A bus that hangs must not keep kato: {@code sleep} is longer than it waits. */
    @Test
    void listsWithoutASystemdThatHangs() throws Exception {
        Path file = folder.resolve("systemctl");
        Files.writeString(file, "#!/bin/sh\nexec sleep 3600\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(kato("process", "list", "logyard").out())
                .isEqualTo(
                        "logyard                       STOPPED\tnot registered, and there is no systemd here to ask\n");
    }
}
