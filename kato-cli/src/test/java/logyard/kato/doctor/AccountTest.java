package logyard.kato.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTest {
    @TempDir
    Path folder;

    private Path log;
    private int owner;
    private int group;

    @BeforeEach
    void write() throws Exception {
        mode(folder, "rwxr-xr-x");
        log = Files.createFile(Files.createDirectory(folder.resolve("logs")).resolve("a.log"));
        mode(log.getParent(), "rwxr-xr-x");
        owner = (int) Files.getAttribute(log, "unix:uid");
        group = (int) Files.getAttribute(log, "unix:gid");
    }

    private static void mode(Path path, String mode) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private Account stranger() {
        return new Account(owner + 1, Set.of(group + 1));
    }

    @Test
    void readsWhatEverybodyMay() throws Exception {
        mode(log, "rw-r--r--");

        assertThat(stranger().obstacle(log)).isEmpty();
    }

    @Test
    void readsWhatItsGroupMay() throws Exception {
        mode(log, "rw-r-----");

        assertThat(stranger().obstacle(log)).contains(log.toRealPath());
        assertThat(new Account(owner + 1, Set.of(group + 1, group)).obstacle(log))
                .isEmpty();
    }

    @Test
    void doesNotGetThroughAFolderThatItMayNotSearch() throws Exception {
        mode(log, "rw-r--r--");
        mode(log.getParent(), "rwxr-x---");

        assertThat(stranger().obstacle(log)).contains(log.getParent().toRealPath());
    }

    @Test
    void mayNotWhatItsOwnerMayNotThoughOthersMay() throws Exception {
        mode(log, "---r--r--");

        assertThat(new Account(owner == 0 ? 1 : owner, Set.of(group))
                        .obstacle(log)
                        .isPresent())
                .isEqualTo(owner != 0);
        assertThat(new Account(0, Set.of()).obstacle(log)).isEmpty();
    }

    @Test
    void isThatOfAProcess() throws Exception {
        Account own = Account.of(ProcessHandle.current().pid());

        assertThat(own.uid()).isEqualTo(owner);
        assertThat(own.groups()).contains(group);
    }
}
