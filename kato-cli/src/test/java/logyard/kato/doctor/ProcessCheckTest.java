package logyard.kato.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.daemon.Settings;
import logyard.kato.command.Cluster;
import logyard.kato.process.LocalUnits;
import logyard.kato.process.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessCheckTest {
    private static final String NODE = "logyard-node";
    private static final String START = "systemctl start logyard-node; if it ends again: journalctl -u logyard-node";

    @TempDir
    Path folder;

    private final InMemoryConfigTree tree = new InMemoryConfigTree();

    /** Units by name, each {@code enabled} or {@code disabled}, and {@code active} or {@code inactive}. */
    private static LocalUnits units(Map<String, String> states) {
        Map<String, Unit> units = new TreeMap<>();
        states.forEach((name, state) -> {
            String[] words = state.split(" ");
            units.put(
                    name + ".service",
                    new Unit(
                            name + ".service",
                            Map.of("LoadState", "loaded", "UnitFileState", words[0], "ActiveState", words[1])));
        });
        return new LocalUnits(units);
    }

    private List<Finding> found(Map<String, String> states) {
        var findings = new Findings();
        var check = new ProcessCheck(units(states), findings);
        var settings = Settings.load(
                Optional.empty(),
                Map.of(
                        "node.ip",
                        "10.0.0.5",
                        "bus.publish",
                        "ipc://" + folder.resolve("pub.sock"),
                        "bus.subscribe",
                        "ipc://" + folder.resolve("sub.sock"),
                        "bus.acknowledge",
                        "ipc://" + folder.resolve("ack.sock")),
                Map.of());
        check.examineUnits();
        check.examineBus(settings);
        check.examine(new Cluster(() -> settings, unused -> tree));
        return findings.all();
    }

    private static List<String> remedies(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.level() == Finding.Level.FAIL)
                .map(Finding::remedy)
                .distinct()
                .toList();
    }

    @Test
    void startsTheUnitOfANodeThatIsOneProcess() {
        assertThat(remedies(found(Map.of(NODE, "enabled inactive"))))
                .containsExactly("systemctl start logyard-node", START);
    }

    @Test
    void enablesTheUnitsOfAnyOtherNode() {
        assertThat(remedies(found(Map.of("logyard", "enabled inactive", NODE, "disabled inactive"))))
                .contains(
                        "systemctl start logyard",
                        "systemctl enable --now systail; if it ends again: journalctl -u systail")
                .noneMatch(remedy -> remedy.contains(NODE));
    }

    @Test
    void leavesOneOfTwoThatAreInEachOthersWay() {
        List<String> remedies = remedies(
                found(Map.of("logyard", "enabled inactive", "systail", "enabled inactive", NODE, "enabled inactive")));

        assertThat(remedies)
                .containsExactly("systemctl disable --now logyard systail", "systemctl start logyard-node", START);
    }

    @Test
    void leavesThatWhichRuns() {
        tree.set(ConfigPath.RUNNING.child("10.0.0.5").child("logyard"), TextNode.valueOf("registered"));

        assertThat(remedies(found(Map.of("logyard", "enabled active", NODE, "enabled inactive"))))
                .startsWith("systemctl disable --now logyard-node")
                .noneMatch(remedy -> remedy.contains("start logyard-node"));
        assertThat(remedies(found(Map.of("systail", "enabled inactive", NODE, "enabled active"))))
                .contains("systemctl disable --now systail");
    }
}
