package logyard.drains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process holds open: descriptors, and threads beside those that the JVM makes when it likes. */
public record OpenResources(int descriptors, long threads) {
    public static OpenResources now() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return new OpenResources((int) open.count(), drainThreads());
        }
    }

    private static long drainThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("drain-.*|supervisor|sink"))
                .count();
    }

    /** Sees that there are no more than now; fewer if something was still being closed when these were counted. */
    public void awaitNoMore() {
        await().untilAsserted(() -> {
            OpenResources now = now();
            assertThat(now.descriptors).isLessThanOrEqualTo(descriptors);
            assertThat(now.threads).isLessThanOrEqualTo(threads);
        });
    }
}
