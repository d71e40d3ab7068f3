package logyard.drains.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logyard.drains.Certificates;
import logyard.drains.OpenResources;
import logyard.drains.SupervisedDrain;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A receiver that is ended and started again while events come in, by SIGTERM or by {@code kill -9}: 8 times, or as
 * often as {@code -Dlogyard.restarts} says.
 */
class TcpRestartIT {
    private static final Logger log = LoggerFactory.getLogger(TcpRestartIT.class);
    private static final int RESTARTS = Integer.getInteger("logyard.restarts", 8);
    private static final int EVENTS_PER_ROUND = 2000;

    /** So many restarts later every thread runs that restarts need. */
    private static final int WARM_UP = 3;

    private static final String FILLING = "x".repeat(500);
    private static final Pattern EVENT = Pattern.compile("\\{\"n\":(\\d+),\"text\":\"" + FILLING + "\"}");

    /** Linux takes twice as much. */
    private static final int SMALL_BUFFER_BYTES = 64 << 10;

    private static final int LARGE_BUFFER_BYTES = 512 << 10;

    @TempDir
    static Path made;

    @TempDir
    Path folder;

    private int written;

    @BeforeAll
    static void issue() throws Exception {
        new Certificates(made, "ca").issue("target", "ip:127.0.0.1");
    }

    /** Events come in as fast as they can. */
    private void write(SupervisedDrain drain) {
        for (int i = 0; i < EVENTS_PER_ROUND; i++) {
            try {
                drain.event("systail.n.1", "{\"n\":" + written++ + ",\"text\":\"" + FILLING + "\"}");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private SupervisedDrain drain(StoringReceiver receiver, String scheme, TcpDrainType type) throws IOException {
        var drain = new SupervisedDrain(
                Files.createDirectory(folder.resolve("journal")),
                type,
                scheme + "://127.0.0.1:" + receiver.port() + (scheme.equals("tls") ? "?ca=ca.pem" : ""),
                SupervisedDrain.impatient(),
                folder);
        await().untilAsserted(() -> assertThat(drain.state()).isEqualTo("RUNNING"));
        return drain;
    }

    private void give() throws IOException {
        for (String file : new String[] {"ca.pem", "target.pem", "target.key"}) {
            Files.copy(made.resolve(file), folder.resolve(file));
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, false", "tcp, true", "tls, false", "tls, true"})
    @Timeout(3600)
    void losesNothingButWhatAKilledReceiverHeld(String scheme, boolean kill) throws Exception {
        give();
        try (var receiver = new StoringReceiver(folder, scheme, SMALL_BUFFER_BYTES);
                var type = new TcpDrainType();
                SupervisedDrain drain = drain(receiver, scheme, type)) {
            OpenResources held = OpenResources.now();
            for (int round = 0; round < RESTARTS / 2; round++) {
                held = round == WARM_UP ? OpenResources.now() : held;
                var writer = new Thread(() -> write(drain), "writer");
                writer.start();
                LockSupport.parkNanos((5 + round * 7 % 60) * 1_000_000L);
                if (kill) {
                    receiver.kill();
                } else {
                    receiver.stop();
                }
                receiver.start();
                writer.join();
                await().untilAsserted(() -> assertThat(drain.state()).isEqualTo("RUNNING"));
            }
            awaitAllDelivered(drain);
            held.awaitNoMore();

            Arrived arrived = Arrived.in(receiver.stored());
            log.info(
                    "{} {}: {} restarts, {} events, {} lost, at most {} at once, {} repeated",
                    scheme,
                    kill ? "kill -9" : "in order",
                    RESTARTS / 2,
                    written,
                    written - arrived.distinct(),
                    arrived.longestGap(written),
                    arrived.repeats());
            int heldByReceiver = 2 * SMALL_BUFFER_BYTES + 2 * StoringReceiver.CHUNK_BYTES; // its kernel, and itself
            int atOnce = kill ? heldByReceiver / FILLING.length() : 0;
            assertThat(arrived.longestGap(written)).isLessThanOrEqualTo(atOnce);
            assertThat((long) arrived.repeats())
                    .isLessThanOrEqualTo(drain.status().repeated());
        }
    }

    /** What is beyond the window in the buffer of a kernel whose process reads nothing and dies is lost, and no more. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    @Timeout(3600)
    void losesNoMoreThanWhatTheTargetsKernelHadAccepted(String scheme) throws Exception {
        give();
        int most = 0;
        int before = 0;
        try (var receiver = new StoringReceiver(folder, scheme, LARGE_BUFFER_BYTES);
                var type = new TcpDrainType();
                SupervisedDrain drain = drain(receiver, scheme, type)) {
            for (int round = 0; round < RESTARTS; round++) {
                receiver.pause();
                write(drain);
                LockSupport.parkNanos(50_000_000);
                receiver.kill();
                receiver.start();
                await().untilAsserted(() -> assertThat(drain.state()).isEqualTo("RUNNING"));
                awaitAllDelivered(drain);
                int lost = written - Arrived.in(receiver.stored()).distinct();
                most = Math.max(most, lost - before);
                before = lost;
            }

            log.info(
                    "{}: {} kills of a receiver that reads nothing: {} of {} events lost, at most {} at once",
                    scheme,
                    RESTARTS,
                    before,
                    written,
                    most);
            assertThat((long) most * FILLING.length()).isLessThanOrEqualTo(2L * LARGE_BUFFER_BYTES);
        }
    }

    private void awaitAllDelivered(SupervisedDrain drain) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(drain.status().cursor().pending()).isZero());
        assertThat(drain.status().cursor().matched()).isEqualTo(written);
        assertThat(drain.status().cursor().account().delivered()).isEqualTo(written);
    }

    /** Which events a file holds as a whole. */
    private record Arrived(BitSet numbers, int repeats) {
        int distinct() {
            return numbers.cardinality();
        }

        /** Of the first {@code written}. */
        int longestGap(int written) {
            int longest = 0;
            for (int next = numbers.nextClearBit(0); next < written; ) {
                int end = numbers.nextSetBit(next);
                end = end < 0 ? written : end;
                longest = Math.max(longest, end - next);
                next = numbers.nextClearBit(end);
            }
            return longest;
        }

        static Arrived in(Path file) throws IOException {
            var numbers = new BitSet();
            int repeats = 0;
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher event = EVENT.matcher(line);
                    if (event.matches()) {
                        int number = Integer.parseInt(event.group(1));
                        repeats += numbers.get(number) ? 1 : 0;
                        numbers.set(number);
                    }
                }
            }
            return new Arrived(numbers, repeats);
        }
    }
}
