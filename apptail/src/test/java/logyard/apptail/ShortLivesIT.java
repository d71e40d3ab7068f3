package logyard.apptail;

import static logyard.apptail.ApptailNode.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import logyard.core.tail.DeletedTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Instances that live for a moment, from their announcement to their last line. What is deleted before anybody could open it
 * cannot be read, so that on a machine that is busy with something else either the files stay for a while, or the lives are
 * longer: {@code -Dlogyard.shortest=50} makes them 50 to 500 ms, as those whose files stay.
 */
@Timeout(300)
class ShortLivesIT {
    private static final int INSTANCES = 500;
    private static final int SHORTEST_MILLIS = 50;
    private static final int SHORTEST_DELETED_MILLIS = Integer.getInteger("logyard.shortest", 1000);
    private static final int STAYING_MILLIS = 5000;

    /** Those that come while the classes are still being loaded and compiled live longer. */
    private static final int WARM_UP = 20;

    @TempDir
    Path folder;

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
    private ApptailNode node;

    @BeforeEach
    void start() throws Exception {
        node = ApptailNode.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        clock.shutdownNow();
        node.close();
    }

    @Test
    void theLastLineIsDeliveredOfThoseThatAreDeletedAtOnce() throws Exception {
        theLastLineOfEachIsDelivered(SHORTEST_DELETED_MILLIS, 0);
    }

    @Test
    void theLastLineIsDeliveredOfThoseWhoseFilesStayForAWhile() throws Exception {
        theLastLineOfEachIsDelivered(SHORTEST_MILLIS, STAYING_MILLIS);
    }

    /** @param staying milliseconds from the last line to the moment when the files are deleted */
    private void theLastLineOfEachIsDelivered(int shortest, int staying) throws Exception {
        var random = new Random(3);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < WARM_UP + INSTANCES; i++) {
            int lives = (i < WARM_UP ? 2000 : shortest) + random.nextInt(450);
            String name = "i" + i;
            Path root = node.container(name);
            Files.writeString(
                    root.resolve("home/stackato/etc/droplet.env.json"),
                    "{\"STACKATO_LOG_FILES\":\"out=logs/out.log\"}");
            append(root.resolve("home/stackato/logs/out.log"), "begin " + i + "\n");
            expected.add("app/out:begin " + i);
            expected.add("app/out:exit " + i);
            String announcement = node.announcement(name, "");
            int number = i;
            clock.schedule(
                    () -> {
                        node.dea.start(announcement);
                        clock.schedule(
                                () -> {
                                    end(root, announcement, number);
                                    clock.schedule(() -> delete(root), staying, TimeUnit.MILLISECONDS);
                                },
                                lives,
                                TimeUnit.MILLISECONDS);
                    },
                    (i < WARM_UP ? 0 : 2000) + 10L * i,
                    TimeUnit.MILLISECONDS);
        }

        await().atMost(Duration.ofSeconds(45))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(new HashSet<>(node.received())).containsAll(expected));
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(node.apptail().counts().endedInstances()).isEqualTo(WARM_UP + INSTANCES);
            assertThat(node.apptail().counts().followedInstances()).isZero();
        });
        assertThat(node.received()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void end(Path root, String announcement, int number) {
        try {
            append(root.resolve("home/stackato/logs/out.log"), "exit " + number + "\n");
            node.dea.forget(announcement);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path root) {
        try {
            DeletedTree.delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
