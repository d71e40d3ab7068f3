package logyard.core.tail.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OpenFileTest {
    @TempDir
    private Path dir;

    @Test
    void readsWhatIsThereAndNothingPastTheEnd() throws IOException {
        Path path = Files.writeString(dir.resolve("a"), "hello");

        try (OpenFile file = OpenFile.open(path)) {
            assertThat(file.read(ByteBuffer.allocate(10), 1)).isEqualTo(4);
            assertThat(file.read(ByteBuffer.allocate(10), 5)).isZero();
            assertThat(file.read(ByteBuffer.allocate(10), 50)).isZero();
        }
    }

    @Test
    void knowsWhereTheFileReallyIs() throws IOException {
        Path path = Files.writeString(dir.toRealPath().resolve("a"), "hello");
        Path link = Files.createSymbolicLink(dir.resolve("link"), path);

        try (OpenFile file = OpenFile.open(link)) {
            assertThat(file.path()).isEqualTo(path);
        }
    }

    @Test
    void aRenamedFileIsNotUnlinkedAndADeletedOneIs() throws IOException {
        Path path = Files.writeString(dir.resolve("a"), "hello");

        try (OpenFile file = OpenFile.open(path)) {
            Path renamed = Files.move(path, dir.resolve("b"));
            assertThat(file.isUnlinked()).isFalse();

            Files.delete(renamed);
            assertThat(file.isUnlinked()).isTrue();
        }
    }

    @Test
    void aDeletedFileCanStillBeRead() throws IOException {
        Path path = Files.writeString(dir.resolve("a"), "hello");

        try (OpenFile file = OpenFile.open(path)) {
            Files.delete(path);

            assertThat(file.read(ByteBuffer.allocate(10), 0)).isEqualTo(5);
        }
    }

    @Test
    void refusesAnythingButARegularFile() throws Exception {
        Path fifo = dir.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> OpenFile.open(fifo)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> OpenFile.open(dir)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> OpenFile.open(Path.of("/dev/null"))).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> OpenFile.open(dir.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aCopyOfTheBeginningHasTheSameFirstAndLastBytes() throws IOException {
        String text = "0123456789".repeat(1000);
        Path log = Files.writeString(dir.resolve("log"), text);
        Path copy = Files.writeString(dir.resolve("copy"), text.substring(0, 5000));
        Path other = Files.writeString(dir.resolve("other"), text.substring(0, 4999) + "x");
        Path longer = Files.writeString(dir.resolve("longer"), text + "x");
        Path empty = Files.writeString(dir.resolve("empty"), "");

        try (OpenFile original = OpenFile.open(log)) {
            assertThat(OpenFile.open(copy).isCopyOfBeginningOf(original)).isTrue();
            assertThat(OpenFile.open(other).isCopyOfBeginningOf(original)).isFalse();
            assertThat(OpenFile.open(longer).isCopyOfBeginningOf(original)).isFalse();
            assertThat(OpenFile.open(empty).isCopyOfBeginningOf(original)).isFalse();
        }
    }
}
