package logyard.apptail.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An owner who turns files and directories into links, FIFOs and back, as fast as can be, while they are opened. */
@Timeout(120)
class SwappedLinksTest {
    private static final int ATTEMPTS = 20_000;
    private static final int ENOUGH_SWAPS = 100;

    @TempDir
    Path folder;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong swaps = new AtomicLong();
    private Path path;
    private InstanceRoot root;
    private Thread owner;

    @BeforeEach
    void makeInstance() throws IOException {
        folder = folder.toRealPath();
        path = Files.createDirectories(folder.resolve("app1"));
        Files.createDirectories(path.resolve("logs"));
        Files.createDirectories(folder.resolve("host/logs"));
        Files.writeString(folder.resolve("host/logs/a.log"), "SECRET");
        root = InstanceRoot.below(List.of(folder), path).orElseThrow();
    }

    @AfterEach
    void stopSwapping() throws InterruptedException {
        stop.set(true);
        if (owner != null) {
            owner.join(Duration.ofSeconds(20).toMillis());
            assertThat(owner.isAlive()).isFalse();
        }
    }

    private interface Swap {
        void swap() throws IOException;
    }

    private void swapForEver(Swap swap) {
        owner = new Thread(
                () -> {
                    while (!stop.get()) {
                        try {
                            swap.swap();
                            swaps.incrementAndGet();
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    }
                },
                "owner");
        owner.start();
    }

    /** What was read in many attempts during many swaps, each content once, with "refused" among them. */
    private List<String> contents() {
        var seen = new ArrayList<String>();
        for (int i = 0; i < ATTEMPTS || (swaps.get() <= ENOUGH_SWAPS && owner.isAlive()); i++) {
            String content;
            try {
                content = new String(root.beginning(path.resolve("logs/a.log"), 100), StandardCharsets.UTF_8);
            } catch (IOException e) {
                content = "refused";
            }
            if (!seen.contains(content)) {
                seen.add(content);
            }
        }
        return seen;
    }

    private void replace(Path at, Path by) throws IOException {
        Files.move(by, at, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aFileThatBecomesALinkOutOfTheRootIsNeverFollowed() {
        Path next = path.resolve("next");
        swapForEver(() -> {
            replace(path.resolve("logs/a.log"), Files.writeString(next, "own"));
            replace(path.resolve("logs/a.log"), Files.createSymbolicLink(next, Path.of("../../host/logs/a.log")));
            replace(path.resolve("logs/a.log"), Files.createSymbolicLink(next, folder.resolve("host/logs/a.log")));
        });

        assertThat(contents()).contains("own", "refused").doesNotContain("SECRET");
        assertThat(swaps.get()).isGreaterThan(ENOUGH_SWAPS);
    }

    @Test
    void noDirectoryThatBecomesALinkIsEither() throws IOException {
        Files.writeString(path.resolve("logs/a.log"), "own");
        swapForEver(() -> {
            Files.move(path.resolve("logs"), path.resolve("kept"), StandardCopyOption.ATOMIC_MOVE);
            Files.createSymbolicLink(path.resolve("logs"), Path.of("../host/logs"));
            Files.delete(path.resolve("logs"));
            Files.createSymbolicLink(path.resolve("logs"), folder.resolve("host/logs"));
            Files.delete(path.resolve("logs"));
            Files.move(path.resolve("kept"), path.resolve("logs"), StandardCopyOption.ATOMIC_MOVE);
        });

        assertThat(contents()).contains("own", "refused").doesNotContain("SECRET");
        assertThat(swaps.get()).isGreaterThan(ENOUGH_SWAPS);
    }

    @Test
    void aFileThatBecomesAFifoHoldsNobodyUp() throws Exception {
        Path fifo = path.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        Path next = path.resolve("next");
        swapForEver(() -> {
            replace(path.resolve("logs/a.log"), Files.writeString(next, "own"));
            Files.deleteIfExists(path.resolve("logs/a.log"));
            Files.createLink(path.resolve("logs/a.log"), fifo);
        });

        assertThat(contents()).contains("own", "refused");
        assertThat(swaps.get()).isGreaterThan(ENOUGH_SWAPS);
    }

    @Test
    void aDirectoryThatBecomesAFifoHoldsNobodyUp() throws Exception {
        Files.writeString(path.resolve("logs/a.log"), "own");
        Path fifo = path.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        swapForEver(() -> {
            Files.move(path.resolve("logs"), path.resolve("kept"), StandardCopyOption.ATOMIC_MOVE);
            Files.createLink(path.resolve("logs"), fifo);
            Files.delete(path.resolve("logs"));
            Files.move(path.resolve("kept"), path.resolve("logs"), StandardCopyOption.ATOMIC_MOVE);
        });

        assertThat(contents()).contains("own", "refused");
        assertThat(swaps.get()).isGreaterThan(ENOUGH_SWAPS);
    }
}
