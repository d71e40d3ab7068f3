package logyard.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logyard.config.DurableFile.Loaded;
import logyard.config.DurableFile.NewerVersionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurableFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("state.json");
    }

    private Loaded<String> load() {
        return DurableFile.load(file, content -> {
            String text = new String(content, UTF_8);
            if (!text.startsWith("{")) {
                throw new IOException("no JSON");
            }
            return text;
        });
    }

    private void replace(String content) throws IOException {
        DurableFile.replace(file, content.getBytes(UTF_8));
    }

    private void replaceKeepingPrevious(String content) throws IOException {
        DurableFile.replaceKeepingPrevious(file, content.getBytes(UTF_8));
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void assertLoads(String content, int damaged) {
        Loaded<String> loaded = load();
        assertThat(loaded.content()).contains(content);
        assertThat(loaded.damaged()).isEqualTo(damaged);
    }

    @Test
    void isEmptyBeforeTheFirstTime() {
        Loaded<String> loaded = load();

        assertThat(loaded.content()).isEmpty();
        assertThat(loaded.damaged()).isZero();
    }

    @Test
    void loadsWhatWasWrittenLast() throws Exception {
        replace("{1}");
        replace("{2}");

        assertLoads("{2}", 0);
        assertThat(files()).containsExactly("state.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":\"\n\"}\n", "{\"crc32c=00000000\"\n", "{}\n\"crc32c=00000000\"\n"})
    void givesBackEveryByte(String content) throws Exception {
        replace(content);

        assertLoads(content, 0);
    }

    @Test
    void endsWithAChecksumThatLeavesItReadable() throws Exception {
        replace("{\"a\":1}");

        assertThat(Files.readString(file)).isEqualTo("{\"a\":1}\n\"crc32c=cff7d56a\"\n");
    }

    @Test
    void takesAFileWithoutChecksumAsItIs() throws Exception {
        Files.writeString(file, "{\"by\":\"hand\"}\n");

        assertLoads("{\"by\":\"hand\"}\n", 0);
    }

    @Test
    void keepsThePreviousGeneration() throws Exception {
        replaceKeepingPrevious("{1}");
        replaceKeepingPrevious("{2}");
        replaceKeepingPrevious("{3}");

        assertThat(files()).containsExactly("state.json", "state.json.previous");
        assertLoads("{3}", 0);
        Files.delete(file);
        assertLoads("{2}", 0);
    }

    @Test
    void noticesEveryFlippedBitOfTheContent() throws Exception {
        replaceKeepingPrevious("{1}");
        replaceKeepingPrevious("{\"position\":1234567}");
        byte[] content = Files.readAllBytes(file);

        for (int bit = 0; bit < 8 * "{\"position\":1234567}".length(); bit++) {
            byte[] damaged = content.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, damaged);

            assertLoads("{1}", 1);
        }
    }

    @Test
    void neverGivesBackADamagedContentWhateverBitIsFlipped() throws Exception {
        replace("{\"position\":1234567}");
        byte[] content = Files.readAllBytes(file);

        for (int bit = 0; bit < 8 * content.length; bit++) {
            byte[] damaged = content.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, damaged);

            assertThat(load().content().orElse("{\"position\":1234567}")).startsWith("{\"position\":1234567}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\u0000\u0000\u0000"})
    void fallsBackToThePreviousGenerationAndPutsTheDamagedOneAside(String damaged) throws Exception {
        replaceKeepingPrevious("{1}");
        replaceKeepingPrevious("{2}");
        Files.writeString(file, damaged);

        assertLoads("{1}", 1);

        assertThat(files()).containsExactly("state.json.damaged", "state.json.previous");
        assertThat(folder.resolve("state.json.damaged")).hasContent(damaged);
    }

    @Test
    void aDamagedGenerationDoesNotReplaceThePreviousOne() throws Exception {
        replaceKeepingPrevious("{1}");
        replaceKeepingPrevious("{2}");
        Files.writeString(file, "damaged");
        assertLoads("{1}", 1);

        replaceKeepingPrevious("{3}");
        Files.delete(file); // as after a crash between the two renames

        assertLoads("{1}", 0);
    }

    @Test
    void countsBothGenerationsIfBothAreDamaged() throws Exception {
        replaceKeepingPrevious("{1}");
        replaceKeepingPrevious("{2}");
        Files.writeString(file, "damaged");
        Files.writeString(folder.resolve("state.json.previous"), "damaged, too");

        Loaded<String> loaded = load();

        assertThat(loaded.content()).isEmpty();
        assertThat(loaded.damaged()).isEqualTo(2);
    }

    @Test
    void whateverAParserThrowsIsDamage() throws Exception {
        replace("{1}");

        Loaded<String> loaded = DurableFile.load(file, content -> {
            throw new IllegalArgumentException("not a stream id");
        });

        assertThat(loaded.content()).isEmpty();
        assertThat(loaded.damaged()).isEqualTo(1);
    }

    @Test
    void leavesANewerVersionAsItIs() throws Exception {
        replaceKeepingPrevious("{1}");
        replaceKeepingPrevious("{2}");

        assertThatThrownBy(() -> DurableFile.load(file, content -> {
                    throw new NewerVersionException(file, 2, 1);
                }))
                .isInstanceOf(NewerVersionException.class)
                .hasMessage(file + " is of version 2, this Logyard knows 1: install the version that wrote it, or move"
                        + " the file away");

        assertLoads("{2}", 0);
        assertThat(files()).containsExactly("state.json", "state.json.previous");
    }

    /** What is on disk when the process is killed between the steps of {@code replaceKeepingPrevious("{3}")}. */
    @ParameterizedTest
    @ValueSource(strings = {"nothing done", "next begun", "next written", "previous replaced", "done"})
    void thereIsTheOldContentOrTheNewOneWhereverItIsKilled(String step) throws Exception {
        replaceKeepingPrevious("{1}");
        replaceKeepingPrevious("{2}");
        Path next = folder.resolve("state.json.next");
        Path previous = folder.resolve("state.json.previous");
        switch (step) {
            case "next begun" -> Files.writeString(next, "{");
            case "next written" -> Files.writeString(next, "{3}");
            case "previous replaced" -> {
                Files.writeString(next, "{3}");
                Files.delete(previous);
                Files.move(file, previous);
            }
            case "done" -> replaceKeepingPrevious("{3}");
            default -> {}
        }

        assertLoads(step.equals("done") ? "{3}" : "{2}", 0);

        replaceKeepingPrevious("{4}");
        assertLoads("{4}", 0);
        assertThat(files()).containsExactly("state.json", "state.json.previous");
    }

    @Test
    void keepsItsFilesFromOtherUsers() throws Exception {
        Files.writeString(folder.resolve("state.json.next"), "left over, and readable by all");

        replaceKeepingPrevious("{1}");
        replaceKeepingPrevious("{2}");

        for (String name : files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aWriteThatFailsLeavesTheOldContent() throws Exception {
        replaceKeepingPrevious("{1}");
        replaceKeepingPrevious("{2}");
        Files.createDirectories(folder.resolve("state.json.next/in-the-way"));

        assertThatThrownBy(() -> replaceKeepingPrevious("{3}"))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("state.json.next");

        assertLoads("{2}", 0);
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path lost = folder.resolve("lost/state.json");

        assertThatThrownBy(() -> DurableFile.replace(lost, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(lost.toString());
    }

    @Test
    void aFileThatCannotBeReadIsCountedButNotPutAside() throws Exception {
        Files.createDirectory(file);

        assertThat(load().damaged()).isEqualTo(1);

        assertThat(files()).containsExactly("state.json");
    }
}
