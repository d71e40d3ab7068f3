package logyard.drains.file;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;
import logyard.core.drain.InvalidDrainException;
import logyard.drains.Batches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileDrainTest {
    @TempDir
    Path folder;

    private final FileDrainType type = new FileDrainType();

    private void writeAndClose(String parameters, DrainBatch batch) throws Exception {
        Drain drain = type.open(Batches.spec("file://" + file() + parameters), Batches.allowing(folder))
                .get(60, SECONDS);
        var done = new CompletableFuture<Void>();
        drain.executor()
                .execute(() ->
                        drain.write(batch).thenCompose(written -> drain.close()).thenRun(() -> done.complete(null)));
        done.get(60, SECONDS);
    }

    private Path file() {
        return folder.resolve("all.log");
    }

    @Test
    void appendsUnlessToldToOverwrite() throws Exception {
        writeAndClose("", Batches.of("1"));
        writeAndClose("?overwrite=0", Batches.of("2"));
        assertThat(file()).hasContent("1\n2\n");

        writeAndClose("?overwrite=true", Batches.of("3"));
        assertThat(file()).hasContent("3\n");
    }

    @Test
    void isReadableByItsOwnerUnlessToldOtherwise() throws Exception {
        writeAndClose("", Batches.of("1"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");

        Files.delete(file());
        writeAndClose("?mode=644", Batches.of("1"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void followsNoLinkOutOfTheFoldersAllowed() throws IOException {
        Path allowed = Files.createDirectory(folder.resolve("allowed"));
        Path secret = Files.createFile(folder.resolve("secret"));
        Files.createSymbolicLink(allowed.resolve("all.log"), secret);
        Files.createSymbolicLink(allowed.resolve("out"), folder);

        assertThatThrownBy(() -> type.open(Batches.spec("file://" + allowed + "/all.log"), Batches.allowing(allowed))
                        .get(60, SECONDS))
                .hasCauseInstanceOf(InvalidDrainException.class)
                .hasMessageContaining("is a symbolic link");
        assertThatThrownBy(
                        () -> type.open(Batches.spec("file://" + allowed + "/out/all.log"), Batches.allowing(allowed))
                                .get(60, SECONDS))
                .hasCauseInstanceOf(InvalidDrainException.class);
        assertThat(secret).isEmptyFile();
    }

    @Test
    void retriesWhenTheFolderIsMissing() {
        assertThatThrownBy(() -> type.open(Batches.spec("file://" + folder + "/none/all.log"), Batches.allowing(folder))
                        .get(60, SECONDS))
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("does not exist; create it");
    }

    /** Under a locale without UTF-8, as systemd gives. */
    @Test
    void refusesANameThatTheLocaleHasNoLettersFor() throws Exception {
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Checked.class.getName());
        command.environment().put("LC_ALL", "C");

        Process process = command.redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("InvalidDrainException", "cannot be the name of a file here", "LC_ALL=C.UTF-8");
    }

    /** Checks a drain whose file has a letter beyond ASCII in its name. */
    static final class Checked {
        public static void main(String[] args) {
            new FileDrainType()
                    .check(Batches.spec("file:///allowed/%C3%A9.log"), Batches.allowing(Path.of("/allowed")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "file://s/logs/x.log, no host",
        "file:///etc/passwd, may write below",
        "file:///allowed/../etc/x, may write below",
        "file:///allowed/, path of a file",
        "file:///allowed, file:///allowed/all.log",
        "file://, path of a file",
        "file:///allowed/x?overwrite=yes, 1\\, true\\, 0 or false",
        "file:///allowed/x?mode=999, octal",
        "file:///allowed/x?mode=000, let the owner read and write",
        "file:///allowed/x?mode=200, let the owner read and write",
        "file:///allowed/x?rotate_size=16777217TiB, rotate_size"
    })
    void refusesWhatCanNeverWork(String uri, String remedy) {
        assertThatThrownBy(() -> type.check(Batches.spec(uri), Batches.allowing(Path.of("/allowed"))))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessageContaining(remedy.replace("\\", ""));
    }
}
