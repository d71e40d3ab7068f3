package logyard.core.tail.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeginningTest {
    @TempDir
    private Path dir;

    private Path path;

    @BeforeEach
    void write() throws IOException {
        path = Files.writeString(dir.resolve("a"), "hello");
    }

    @Test
    void aFileThatOnlyGrewBeginsAsBefore() throws IOException {
        try (OpenFile file = OpenFile.open(path)) {
            Beginning beginning = Beginning.of(file);
            Files.writeString(path, "hello, world");

            assertThat(beginning.isStillIn(file)).isTrue();
            assertThat(file.begins(beginning.fingerprint())).isTrue();
        }
    }

    @Test
    void aFileThatWasWrittenAnewDoesNot() throws IOException {
        try (OpenFile file = OpenFile.open(path)) {
            Beginning beginning = Beginning.of(file);
            Files.writeString(path, "jello, world");

            assertThat(beginning.isStillIn(file)).isFalse();
            assertThat(file.begins(beginning.fingerprint())).isFalse();
        }
    }

    @Test
    void aFileThatWasEmptiedDoesNot() throws IOException {
        try (OpenFile file = OpenFile.open(path)) {
            Beginning beginning = Beginning.of(file);
            Files.writeString(path, "");

            assertThat(beginning.isStillIn(file)).isFalse();
        }
    }

    @Test
    void itGrowsWithTheFileUpToAKibibyte() throws IOException {
        try (OpenFile file = OpenFile.open(path)) {
            Beginning small = Beginning.of(file);
            Files.writeString(path, "hello".repeat(1000));

            Beginning large = small.grown(file, 5000);

            assertThat(small.grown(file, 5)).isSameAs(small);
            assertThat(large.fingerprint().length()).isEqualTo(Fingerprint.LONGEST);
            assertThat(large.grown(file, 100_000)).isSameAs(large);
        }
    }

    @Test
    void itDoesNotGrowIntoWhatWasWrittenAnew() throws IOException {
        try (OpenFile file = OpenFile.open(path)) {
            Beginning beginning = Beginning.of(file);
            Files.writeString(path, "jello".repeat(1000));

            assertThat(beginning.grown(file, 5000)).isSameAs(beginning);
        }
    }

    @Test
    void aShorterFileMayShareIt() throws IOException {
        Path shorter = Files.writeString(path.resolveSibling("b"), "hell");
        try (OpenFile file = OpenFile.open(path);
                OpenFile other = OpenFile.open(shorter)) {
            assertThat(Beginning.of(file).isSharedBy(other)).isTrue();

            Files.writeString(shorter, "help");
            assertThat(Beginning.of(file).isSharedBy(other)).isFalse();

            Files.writeString(shorter, "");
            assertThat(Beginning.of(file).isSharedBy(other)).isFalse();
        }
    }

    @Test
    void everyFileBeginsWithNothing() throws IOException {
        Files.writeString(path, "");
        try (OpenFile file = OpenFile.open(path)) {
            Beginning nothing = Beginning.of(file);
            Files.writeString(path, "something");

            assertThat(nothing.isStillIn(file)).isTrue();
            assertThat(nothing.fingerprint()).isEqualTo(Fingerprint.NONE);
        }
    }
}
