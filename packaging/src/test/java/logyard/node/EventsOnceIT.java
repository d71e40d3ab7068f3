package logyard.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each line that should gives one event, whichever daemon is killed, and however often. */
class EventsOnceIT {
    private static final int KILLS = Integer.getInteger("logyard.kills", 4);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LINES_PER_SECOND = 3_000;

    /** One of so many lines gives an event. */
    private static final int EVERY = 10;

    @TempDir
    Path folder;

    private final AtomicInteger written = new AtomicInteger();
    private volatile boolean stopping;
    private TestNode node;
    private Receiver receiver;
    private Thread writer;

    @BeforeEach
    void start() throws IOException {
        node = TestNode.create(folder, "app");
        receiver = new Receiver();
        node.start("logyard");
        node.start(TestNode.CLOUD_EVENTS);
        node.start("systail");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        stopWriting();
        node.close();
        receiver.close();
    }

    private void startWriting() {
        writer = new Thread(this::write, "writer");
        writer.start();
    }

    private void stopWriting() throws InterruptedException {
        stopping = true;
        if (writer != null) {
            writer.join();
        }
    }

    private void write() {
        long begun = System.nanoTime();
        try (OutputStream log = Files.newOutputStream(node.log("app"), StandardOpenOption.APPEND)) {
            while (!stopping) {
                int line = written.get();
                String text = line % EVERY == 0 ? "ERROR -- #" + line / EVERY + "# failed" : "INFO -- nothing " + line;
                log.write((text + "\n").getBytes(StandardCharsets.UTF_8));
                written.set(line + 1);
                LockSupport.parkNanos(begun + line * 1_000_000_000L / LINES_PER_SECOND - System.nanoTime());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int events() {
        return (written.get() + EVERY - 1) / EVERY;
    }

    @Test
    void eachLineGivesItsEventOnceWhoeverIsKilled() throws Exception {
        long begun = Instant.now().getEpochSecond() - 1;
        startWriting();
        for (int i = 0; i < KILLS; i++) {
            String victim = i % 2 == 0 ? TestNode.CLOUD_EVENTS : "logyard";
            int at = written.get() + ThreadLocalRandom.current().nextInt(500, 2 * LINES_PER_SECOND);
            await().atMost(PATIENCE).until(() -> written.get() > at);
            node.kill(victim);
            node.start(victim);
        }
        stopWriting();

        // This one reads it all from the journal, after the last kill: it repeats nothing by itself.
        node.drain("target", "tcp://127.0.0.1:" + receiver.port() + "?filter=event&since=" + begun, "RUNNING");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(receiver.distinct())
                        .as(
                                "events of %d lines; log of cloud_events: %s",
                                written.get(), node.output(TestNode.CLOUD_EVENTS))
                        .isEqualTo(events()));
        System.out.printf(
                "%d kills, %,d lines, %,d events, %d repeated, %d out of order%n",
                KILLS, written.get(), receiver.distinct(), receiver.repeated(), receiver.outOfOrder());
        assertThat(receiver.repeated()).isZero();
        assertThat(receiver.outOfOrder()).isZero();
        assertThat(node.stop(TestNode.CLOUD_EVENTS)).isZero();
    }
}
