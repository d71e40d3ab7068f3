package logyard.kato.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import logyard.core.daemon.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthFileCheckTest {
    @TempDir
    Path folder;

    private Path file;
    private Account daemons;

    @BeforeEach
    void write() throws Exception {
        mode(folder, "rwxr-xr-x");
        file = Files.writeString(folder.resolve("zk.auth"), "logyard:secret\n");
        int owner = (int) Files.getAttribute(file, "unix:uid");
        int group = (int) Files.getAttribute(file, "unix:gid");
        daemons = new Account(owner + 1, Set.of(group));
    }

    private static void mode(Path path, String mode) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private List<Finding> found(Optional<Account> account) {
        return found("", account);
    }

    private List<Finding> found(String access, Optional<Account> account) {
        var findings = new Findings();
        AuthFileCheck.examine(
                Settings.load(Optional.empty(), Map.of("zk.auth.file", file.toString(), "zk.acl", access), Map.of()),
                account,
                findings);
        return findings.all();
    }

    @Test
    void namesTheFileThatTheDaemonsMayNotRead() throws Exception {
        mode(file, "rw-------");

        Finding finding = found(Optional.of(daemons)).get(0);
        assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(finding.text()).contains(file.toString(), "no daemon starts");
        assertThat(finding.remedy()).contains("chgrp logyard " + file.toRealPath());
    }

    @Test
    void isContentWithOneThatTheirGroupMayRead() throws Exception {
        mode(file, "rw-r-----");

        assertThat(found(Optional.of(daemons)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Finding.Level.OK));
    }

    @Test
    void saysNothingOfOneWhoseReadersAreNotKnown() {
        assertThat(found(Optional.empty())).isEmpty();
    }

    @Test
    void warnsOfATreeWithoutAPasswordUnlessItIsMeantToBeOpen() throws Exception {
        Files.delete(file);

        Finding finding = found("", Optional.empty()).get(0);
        assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding.text()).contains("there is no " + file, "everybody who reaches ZooKeeper");
        assertThat(found("open", Optional.of(daemons))).isEmpty();
        assertThat(found("secured", Optional.of(daemons)).get(0).text()).endsWith("no daemon starts");
    }

    /** The sections that are named are there. */
    @Test
    void namesSectionsOfTheDocumentation() throws Exception {
        String sections = Files.readAllLines(Path.of("../docs/install.md")).stream()
                .filter(line -> line.startsWith("## "))
                .collect(Collectors.joining("\n"));
        Files.delete(file);

        for (String access : List.of("", "secured")) {
            String remedy = found(access, Optional.empty()).get(0).remedy();
            assertThat(sections).contains(remedy.substring(remedy.indexOf('“') + 1, remedy.indexOf('”')));
        }
    }
}
