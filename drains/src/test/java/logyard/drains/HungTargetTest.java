package logyard.drains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import logyard.core.drain.FakeDrainType;
import logyard.drains.file.FileDrainType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drain whose thread never comes back, as on a disk that does not answer. */
class HungTargetTest {
    @TempDir
    Path folder;

    @Test
    void neitherHarmsOthersNorHoldsUpItsOwnEnd() throws Exception {
        var release = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        var hung = new FakeDrainType(thread);
        Path file = folder.resolve("all.log");
        try (var drains = new SupervisedDrains(
                Files.createDirectory(folder.resolve("journal")),
                List.of(hung.openingAtOnce(), new FileDrainType()),
                Map.of("hung", "fake://h:1?format=json", "healthy", "file://" + file + "?format=raw"),
                Clock.systemUTC(),
                folder)) {
            await().untilAsserted(() -> assertThat(drains.running()).isEqualTo(2));
            thread.execute(() -> hang(release));
            drains.event("systail.n.1", "{}");
            await().untilAsserted(() -> assertThat(file).hasContent("systail.n.1 {}"));

            drains.define("hung", "file://" + folder.resolve("other.log") + "?format=raw");

            await().atMost(Duration.ofSeconds(4)) // a run that is only slow to stop has 5 s
                    .untilAsserted(() -> assertThat(folder.resolve("other.log")).hasContent("systail.n.1 {}"));
            assertThat(drains.running()).isEqualTo(2);
        } finally {
            release.countDown();
            thread.shutdown();
        }
    }

    private static void hang(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
