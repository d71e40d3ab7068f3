package logyard.kato.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.config.snapshot.Snapshot;
import logyard.config.snapshot.SnapshotFile;
import logyard.core.daemon.Settings;
import logyard.kato.command.Cluster;
import logyard.kato.process.LocalUnits;
import logyard.kato.process.Unit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose ZooKeeper is away: what can be looked at without it. */
class ExaminationTest {
    @TempDir
    Path folder;

    private HttpServer health;

    @BeforeEach
    void answer() throws Exception {
        health = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        health.createContext("/", exchange -> {
            byte[] body = "{\"healthy\":true}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        health.start();
    }

    @AfterEach
    void stop() {
        health.stop(0);
    }

    private static Unit unit(String name, String active, long pid) {
        return new Unit(
                name,
                Map.of(
                        "LoadState",
                        "loaded",
                        "UnitFileState",
                        "enabled",
                        "ActiveState",
                        active,
                        "SubState",
                        "running",
                        "MainPID",
                        String.valueOf(pid)));
    }

    private List<Finding> found(LocalUnits units) {
        Map<String, String> given = new HashMap<>(Map.of(
                "node.ip",
                "10.0.0.5",
                "zk.connect",
                "127.0.0.1:1",
                "state.dir",
                folder.toString(),
                "metrics.listen",
                "127.0.0.1:" + health.getAddress().getPort()));
        List.of("publish", "subscribe", "acknowledge")
                .forEach(name -> given.put("bus." + name, "ipc://" + folder.resolve(name)));
        var settings = Settings.load(Optional.empty(), given, Map.of());
        var findings = new Findings();
        new Examination(
                        new Cluster(() -> settings, unused -> {
                            throw new AssertionError("the tree is away");
                        }),
                        units,
                        findings)
                .run();
        return findings.all();
    }

    @Test
    void asksSystemdForTheDaemonsAndThemForTheirHealth() {
        long pid = ProcessHandle.current().pid();
        List<Finding> found = found(new LocalUnits(Map.of(
                "logyard.service", unit("logyard.service", "active", pid),
                "systail.service", unit("systail.service", "inactive", 0))));

        assertThat(found)
                .contains(
                        new Finding(
                                Finding.Level.OK,
                                "process",
                                "logyard is RUNNING, pid " + pid + ", logyard.service is active (running)",
                                ""),
                        new Finding(
                                Finding.Level.FAIL,
                                "process",
                                "systail is STOPPED, systail.service is enabled",
                                "systemctl start systail; if it ends again: journalctl -u systail"))
                .anySatisfy(finding -> assertThat(finding.text()).startsWith("all is well, says http://127.0.0.1:"));
    }

    @Test
    void looksAtTheFilesThatSystailKnewLast() throws Exception {
        Path log = Files.writeString(folder.resolve("a.log"), "a line\n");
        var tree = new InMemoryConfigTree();
        tree.set(ConfigPath.SYSTAIL.child("log_files").child("a"), TextNode.valueOf(log.toString()));
        var known = new TreeMap<ConfigPath, Snapshot.State>();
        known.put(ConfigPath.SYSTAIL, new Snapshot.State(1, tree.subtree(ConfigPath.SYSTAIL)));
        new SnapshotFile(folder, "logyard-node").save(new Snapshot(Snapshot.NONE.mark(), known));

        List<Finding> found = found(new LocalUnits(Map.of(
                "logyard-node.service",
                unit("logyard-node.service", "active", ProcessHandle.current().pid()))));

        assertThat(found).anySatisfy(finding -> assertThat(finding.text()).startsWith("1 files are followed; of "));
    }

    @Test
    void saysNothingOfProcessesThatNobodyKnowsOf() {
        health.stop(0);

        assertThat(found(LocalUnits.NONE))
                .extracting(Finding::subject)
                .contains("zookeeper")
                .doesNotContain("process", "metrics", "log_files");
    }
}
