package logyard.kato.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        var findings = new Findings();
        AuthFileCheck.examine(file, account, findings);
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
    void saysNothingOfOneThatIsNotThereOrWhoseReadersAreNotKnown() throws Exception {
        assertThat(found(Optional.empty())).isEmpty();
        Files.delete(file);
        assertThat(found(Optional.of(daemons))).isEmpty();
    }
}
