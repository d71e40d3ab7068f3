package logyard.kato.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import logyard.config.ConfigPath;
import logyard.config.ConfigReader;
import logyard.config.InMemoryConfigTree;
import logyard.core.daemon.Settings;
import logyard.core.settings.SystailConfig;
import logyard.kato.process.Unit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesCheckTest {
    private static final Account ROOT = new Account(0, Set.of());
    private static final Unit UNIT = new Unit(
            "systail.service", Map.of("ActiveState", "active", "PrivateTmp", "yes", "ProtectHome", "read-only"));

    /** Below /tmp, as it is where tests are run. */
    @TempDir
    Path folder;

    private Path log;
    private Path root;

    @BeforeEach
    void write() throws Exception {
        log = Files.writeString(folder.toRealPath().resolve("a.log"), "a line\n");
        root = Files.createDirectory(folder.resolve("root"));
    }

    private List<Finding> found(Sight sight) throws Exception {
        var tree = new InMemoryConfigTree();
        tree.set(ConfigPath.SYSTAIL.child("log_files").child("a"), TextNode.valueOf(log.toString()));
        var findings = new Findings();
        SystailConfig config =
                new ConfigReader<>(ConfigPath.SYSTAIL, SystailConfig.class).read(tree.subtree(ConfigPath.SYSTAIL));
        new LogFilesCheck(
                        Settings.load(
                                Optional.empty(),
                                Map.of("logs.dir", folder.resolve("none").toString()),
                                Map.of()),
                        findings)
                .examine(config, ROOT, sight);
        return findings.all();
    }

    @Test
    void failsForAFileThatTheProcessHasNotBeforeIt() throws Exception {
        List<Finding> found = found(new Sight(Optional.of(root), UNIT));

        assertThat(found.get(0).level()).isEqualTo(Finding.Level.FAIL);
        assertThat(found.get(0).text()).startsWith("systail does not see " + log + ": its unit ");
        assertThat(found.get(1).text()).startsWith("0 files are followed; of ");
    }

    @Test
    void failsForAFileInWhosePlaceTheProcessHasAnother() throws Exception {
        Files.writeString(theirs(), "its own\n");

        assertThat(found(new Sight(Optional.of(root), UNIT)).get(0).level()).isEqualTo(Finding.Level.FAIL);
    }

    @Test
    void isContentWithAFileThatTheProcessHas() throws Exception {
        Files.createLink(theirs(), log);

        assertThat(found(new Sight(Optional.of(root), UNIT)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).startsWith("1 files are followed; of "));
    }

    /** Where the log is, for a process whose machine begins at {@link #root}. */
    private Path theirs() throws Exception {
        Path theirs = root.resolve(Path.of("/").relativize(log));
        Files.createDirectories(theirs.getParent());
        return theirs;
    }

    @Test
    void believesTheUnitWhereNobodyMayLook() throws Exception {
        Sight sight = new Sight(Optional.empty(), UNIT);
        var homeless = new Unit("logyard-node.service", Map.of("ActiveState", "active", "ProtectHome", "yes"));
        var stopped = new Unit("systail.service", Map.of("ActiveState", "inactive", "PrivateTmp", "yes"));

        assertThat(sight.isHiddenByUnit(Path.of("/tmp/a.log"))).isTrue();
        assertThat(sight.isHiddenByUnit(Path.of("/var/tmp/a.log"))).isTrue();
        assertThat(sight.isHiddenByUnit(Path.of("/home/me/a.log"))).isFalse();
        assertThat(sight.isHiddenByUnit(Path.of("/tmpfiles/a.log"))).isFalse();
        assertThat(new Sight(Optional.empty(), homeless).isHiddenByUnit(Path.of("/home/me/a.log")))
                .isTrue();
        assertThat(new Sight(Optional.empty(), stopped).isHiddenByUnit(Path.of("/tmp/a.log")))
                .isFalse();
    }

    @Test
    void namesADropInOfTheUnitThatHidesIt() {
        var unit = new Unit("logyard-node.service", Map.of());

        assertThat(new Sight(Optional.empty(), unit).remedy(Path.of("/tmp/a.log")))
                .isEqualTo(
                        "write that log outside of /tmp and /var/tmp, or: systemctl edit logyard-node, with the lines"
                                + " [Service] and PrivateTmp=no; systemctl restart logyard-node");
        assertThat(new Sight(Optional.empty(), unit).remedy(Path.of("/root/a.log")))
                .contains("[Service] and ProtectHome=read-only");
    }

    @Test
    void looksThroughTheEyesOfAProcess() throws Exception {
        Sight own = Sight.of(OptionalLong.of(ProcessHandle.current().pid()), UNIT);

        assertThat(own.isCertain()).isTrue();
        assertThat(own.obstacle(log)).isEmpty();
    }
}
