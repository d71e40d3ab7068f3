package logyard.kato.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import logyard.kato.TestKato;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionLogTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("kato.log");
    }

    private static Action action(int number) {
        return new Action("kato", List.of("config", "confirm", String.valueOf(number)), true);
    }

    @Test
    void isForTheGroup() throws Exception {
        new ActionLog(folder).append(action(1));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-rw----");
    }

    @Test
    void holdsEveryLineThatManyWroteAtOnceAndIsRotated() throws Exception {
        var log = new ActionLog(folder, 5_000);
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int first = i * 25;
            writers.add(new Thread(() -> {
                for (int n = first; n < first + 25; n++) {
                    append(log, n);
                }
            }));
        }

        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        assertThat(lines).hasSize(100).doesNotHaveDuplicates().allMatch(line -> line.endsWith("\"succeeded\"}"));
        assertThat(folder.resolve("kato.log.1")).exists();
    }

    /** Somebody else may write there, without end. */
    @Test
    void isReadToABound() throws Exception {
        var log = new ActionLog(folder, 5_000);
        Files.write(file(), Collections.nCopies(1_000, "x".repeat(99)));
        log.append(action(1));

        assertThat(log.lines()).hasSizeBetween(50, 110).last().asString().endsWith("\"succeeded\"}");
    }

    private static void append(ActionLog log, int number) {
        try {
            log.append(action(number));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void keepsThreeOlderOnes() throws Exception {
        var log = new ActionLog(folder, 10);
        for (int i = 0; i < 8; i++) {
            log.append(action(i));
        }

        assertThat(Files.readString(folder.resolve("kato.log.1"))).contains("confirm 7");
        assertThat(Files.readString(folder.resolve("kato.log.3"))).contains("confirm 5");
        assertThat(folder.toFile().list()).hasSize(3);
    }

    @Test
    void doesNotFollowALink() throws Exception {
        Path target = Files.createFile(folder.resolve("target"));
        Files.createSymbolicLink(file(), target);

        assertThatThrownBy(() -> new ActionLog(folder).append(action(1))).isInstanceOf(IOException.class);

        assertThat(target).isEmptyFile();
    }

    @Test
    void tellsOfWhatChangedAndWhetherItDid() throws Exception {
        TestKato cluster = new TestKato().withLogs(folder);
        cluster.kato("log", "drain", "add", "mine", "fake://h:1", "password=hunter2");
        cluster.kato("log", "drain", "delete", "yours");

        assertThat(Files.readAllLines(file()))
                .satisfiesExactly(
                        added -> assertThat(added)
                                .matches(
                                        "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[info] \\(\\d+\\) INVOKE-ADMIN-ACTION .*")
                                .contains("log drain add mine fake://h:1 password=***\",\"status\": \"")
                                .doesNotContain("hunter2"),
                        deleted -> assertThat(deleted).contains("log drain delete yours\",\"status\": \"failed\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log drain list",
                "log drain status",
                "config get",
                "events test dea x",
                "config set --help",
                "--help",
                "--version",
                "log drain add",
                "config nonsense",
                ""
            })
    void tellsNothingOfWhatOnlyReadsOrWasMistyped(String command) {
        new TestKato().withLogs(folder).kato(command.isEmpty() ? new String[0] : command.split(" "));

        assertThat(file()).doesNotExist();
    }

    @Test
    void tellsOfWhatTheCommandsOf2013ChangeToo() throws Exception {
        TestKato cluster = new TestKato().withLogs(folder);
        cluster.logyardCli("add", "-uri", "udp://h:1?token=hunter2", "mine");
        cluster.logyardCli("delete", "yours");
        cluster.logyardCli("list");
        cluster.logyardCli("add", "-nonsense");
        cluster.logyardCli("delete", "-h");

        assertThat(Files.readAllLines(file()))
                .satisfiesExactly(
                        added -> assertThat(added)
                                .contains("{\"command\": \"logyard-cli add -uri ")
                                .contains("token=***")
                                .endsWith("\"status\": \"succeeded\"}"),
                        deleted -> assertThat(deleted).endsWith("logyard-cli delete yours\",\"status\": \"failed\"}"));
    }

    @Test
    void warnsThatTheHistoryLacksWhatThereIsNoFolderFor() {
        TestKato cluster = new TestKato().withLogs(Path.of("/nowhere"));

        var result = cluster.kato("config", "set", "cluster", "mbusip", "10.0.0.1");

        assertThat(result.status()).isZero();
        assertThat(result.err())
                .isEqualTo(
                        "WARN: this is missing in the history, as there is no folder /nowhere for kato.log; see logs.dir\n");
    }

    @Test
    void warnsThatTheHistoryLacksWhatCannotBeWritten() throws Exception {
        Files.createDirectory(file());
        TestKato cluster = new TestKato().withLogs(folder);

        var result = cluster.kato("config", "set", "cluster", "mbusip", "10.0.0.1");

        assertThat(result.status()).isZero();
        assertThat(result.err()).startsWith("WARN: this is missing in the history, as kato.log cannot be written: ");
    }
}
