package logyard.apptail.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import logyard.core.tail.file.FileStatus;
import logyard.core.tail.file.FileTree;
import logyard.core.tail.file.OpenFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of spec 05 §13.1, and more of their kind. */
class InstanceRootTest {
    @TempDir
    Path folder;

    private Path path;
    private InstanceRoot root;

    @BeforeEach
    void makeInstance() throws Exception {
        folder = folder.toRealPath();
        path = Files.createDirectory(folder.resolve("app1"));
        Files.createDirectory(folder.resolve("app10"));
        Files.writeString(folder.resolve("app10/secret"), "of another");
        Files.createDirectories(path.resolve("home/stackato/logs"));
        Files.createDirectories(path.resolve("var/log"));
        Files.createDirectories(path.resolve("etc"));
        Files.writeString(path.resolve("etc/shadow"), "own shadow");
        Files.writeString(path.resolve("home/stackato/logs/a.log"), "a");
        Files.writeString(path.resolve("var/log/a.log"), "var a");
        root = InstanceRoot.below(List.of(folder), path).orElseThrow();
    }

    private Path in(String relative) {
        return Path.of(path + "/" + relative);
    }

    private String content(String relative) throws IOException {
        try (OpenFile file = root.open(in(relative))) {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            file.read(bytes, 0);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    private void link(String at, String target) throws IOException {
        Files.createSymbolicLink(in(at), Path.of(target));
    }

    @Test
    void opensWhatIsThere() throws IOException {
        assertThat(content("home/stackato/logs/a.log")).isEqualTo("a");
        assertThat(content("var/./log//a.log")).isEqualTo("var a");
        assertThat(content("home/stackato/../../var/log/a.log")).isEqualTo("var a");
        assertThat(root.status(in("var/log/a.log")).size()).isEqualTo(5);
        assertThat(root.exists()).isTrue();
    }

    /** What links say, and what is read then; from home/stackato/logs. */
    static Stream<Arguments> links() {
        return Stream.of(
                arguments("/etc/shadow", "own shadow"),
                arguments("../../../etc/shadow", "own shadow"),
                arguments("a.log", "a"),
                arguments("//var/log/../log/a.log", "var a"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("links")
    void followsLinksAsTheInstanceItselfWould(String target, String content) throws IOException {
        link("home/stackato/logs/link", target);
        link("home/stackato/more", "/home/stackato/logs");

        assertThat(content("home/stackato/logs/link")).isEqualTo(content);
        assertThat(content("home/stackato/more/link")).isEqualTo(content);
        assertThat(root.real(in("home/stackato/more/a.log"))).isEqualTo(in("home/stackato/logs/a.log"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../app10/secret",
                "home/../../app10/secret",
                "home/stackato/../../../../../etc/passwd",
                "../app1/etc/shadow"
            })
    void whatClimbsAboveTheRootIsRefused(String given) {
        assertThatThrownBy(() -> root.open(in(given))).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> root.status(in(given))).isInstanceOf(FileSystemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../../../../etc/shadow", "/../etc/shadow", "../../../../app10/secret", "/../app1/etc/shadow"
            })
    void soIsALinkThatDoes(String target) throws IOException {
        link("home/stackato/logs/link", target);

        assertThatThrownBy(() -> root.open(in("home/stackato/logs/link"))).isInstanceOf(FileSystemException.class);
    }

    @Test
    void aLinkToAPathOfTheHostSaysNothingAboutTheHost() throws IOException {
        link("home/stackato/logs/there", folder + "/app10/secret");
        link("home/stackato/logs/not-there", folder + "/app10/none");
        link("home/stackato/logs/up-there", "../../../../app10/secret");
        link("home/stackato/logs/up-not-there", "../../../../app10/none");

        assertThat(root.status(in("home/stackato/logs/there"))).isEqualTo(FileStatus.ABSENT);
        assertThat(root.status(in("home/stackato/logs/not-there"))).isEqualTo(FileStatus.ABSENT);
        assertThat(messageOf("home/stackato/logs/up-there")).isEqualTo(messageOf("home/stackato/logs/up-not-there"));
    }

    private String messageOf(String relative) {
        try {
            return "" + root.status(in(relative));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void aDirectoryThatIsALinkOutOfTheRootIsNotEntered() throws IOException {
        link("out", folder.resolve("app10").toString());
        link("out2", "../app10");

        assertThat(root.status(in("out/secret"))).isEqualTo(FileStatus.ABSENT);
        assertThatThrownBy(() -> root.open(in("out2/secret"))).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> root.regularFiles(in("out2"), file -> true)).isInstanceOf(FileSystemException.class);
    }

    /** Somebody may have mounted them in the root: apptail's own environment is there, and files that never end. */
    @Test
    void filesOfTheKernelAreNone() {
        var kernel = InstanceRoot.below(List.of(Path.of("/")), Path.of("/proc")).orElseThrow();

        for (String file : List.of("self/environ", "version", "kmsg")) {
            assertThatThrownBy(() -> kernel.open(Path.of("/proc", file)))
                    .as(file)
                    .isInstanceOf(FileSystemException.class);
        }
    }

    @Test
    void linksInACircleEnd() throws IOException {
        link("a", "b");
        link("b", "/a");
        link("self", "self/self/self/self/self/self/self");

        assertThatThrownBy(() -> root.open(in("a"))).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> root.open(in("self/x"))).isInstanceOf(FileSystemException.class);
    }

    @Test
    void onlyRegularFilesAreOpened() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", in("var/log/fifo").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(new ProcessBuilder("mknod", in("var/log/zero").toString(), "c", "1", "5")
                        .start()
                        .waitFor())
                .isZero();

        for (String other : List.of("var/log/fifo", "var/log/zero", "var/log", "")) {
            assertThat(root.status(in(other)).kind()).isEqualTo(FileStatus.Kind.OTHER);
            assertThatThrownBy(() -> root.open(in(other)))
                    .as(other)
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("not a regular file");
        }
        assertThatThrownBy(() -> root.open(in("var/log/fifo/x"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> root.open(in("var/none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aListingHasTheRegularFilesOnly() throws IOException {
        link("var/log/link", "a.log");
        Files.writeString(in("var/log/b\nc"), "x");
        Files.createDirectory(in("var/log/d"));

        assertThat(root.regularFiles(in("var/log"), file -> true).files()).containsOnlyKeys(in("var/log/a.log"));
    }

    /** However many others its owner puts beside them. */
    @Test
    void aListingHasTheFilesThatMatter() throws IOException {
        for (int i = 0; i < 3000; i++) {
            Files.createFile(in("var/log/other" + i));
        }
        for (int i = 0; i < 900; i++) {
            Files.createFile(in("var/log/a.log." + i));
        }
        Predicate<Path> matters = file -> file.getFileName().toString().startsWith("a.log.");

        FileTree.Listing listing = root.regularFiles(in("var/log"), matters);

        assertThat(listing.isWhole()).isTrue();
        assertThat(listing.files().keySet().stream().filter(matters)).hasSize(900);
        assertThat(root.regularFiles(in("var/log"), file -> true).isWhole())
                .as("when more matter than are looked at")
                .isFalse();
    }

    @Test
    void rootsAreStrictlyBelowWhatIsAllowed() {
        List<Path> allowed = List.of(folder.resolve("app1"));

        for (String given : List.of("", "0", "/../app10", "/./x", "/a/../b", "/new\nline")) {
            assertThat(InstanceRoot.below(allowed, Path.of(path + given)))
                    .as(given)
                    .isEmpty();
        }
        assertThat(InstanceRoot.below(allowed, Path.of("app1/x"))).isEmpty();
        assertThat(InstanceRoot.below(allowed, Path.of("/"))).isEmpty();
        assertThat(InstanceRoot.below(allowed, path.resolve("x"))).isPresent();
    }

    @Test
    void aRootThatIsReachedThroughALinkIsNone() throws IOException {
        link("evil", "/");
        var forged =
                InstanceRoot.below(List.of(folder), path.resolve("evil/etc")).orElseThrow();

        assertThat(forged.exists()).isFalse();
        assertThat(forged.status(path.resolve("evil/etc/hostname"))).isEqualTo(FileStatus.ABSENT);
        assertThatThrownBy(() -> forged.open(path.resolve("evil/etc/hostname")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aRootThatIsGoneIsGone() throws IOException {
        var none = InstanceRoot.below(List.of(folder), folder.resolve("app2")).orElseThrow();

        assertThat(none.exists()).isFalse();
        assertThat(none.status(folder.resolve("app2/x"))).isEqualTo(FileStatus.ABSENT);
    }

    @Test
    void nothingStaysOpen() throws IOException {
        link("home/stackato/logs/out", "../../../../app10/secret");
        content("var/log/a.log");
        long before = descriptors();

        for (int i = 0; i < 100; i++) {
            content("var/log/a.log");
            root.status(in("home/x/y"));
            root.regularFiles(in("var/log"), file -> true);
            messageOf("home/stackato/logs/out");
        }

        assertThat(descriptors()).isLessThanOrEqualTo(before + 10);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
