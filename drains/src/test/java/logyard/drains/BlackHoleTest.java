package logyard.drains;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import logyard.core.event.BatchBuilder;
import logyard.core.event.StreamId;
import logyard.drains.tcp.TcpDrainType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One target that accepts a connection and never reads, beside nine that do. {@code -Dlogyard.events=400000
 * -Dlogyard.pairs=7} measures what it costs them, by turns without it and with it.
 */
class BlackHoleTest {
    private static final Logger log = LoggerFactory.getLogger(BlackHoleTest.class);
    private static final int EVENTS = Integer.getInteger("logyard.events", 20_000);
    private static final int PAIRS = Integer.getInteger("logyard.pairs", 1);
    private static final int HEALTHY = 9;
    private static final int EVENTS_PER_FRAME = 200;

    private static final byte[] EVENT = ("systail.dea.1 {\"text\":\"" + "x".repeat(250) + "\"}").getBytes(UTF_8);

    @TempDir
    Path folder;

    private int runs;

    @Test
    @Timeout(3600)
    void delaysNobodyElse() throws Exception {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            boolean first = pair % 2 == 0; // which goes first takes turns, too
            (first ? without : with).add(eventsPerSecond(!first));
            (first ? with : without).add(eventsPerSecond(first));
        }

        double ratio = median(with) / median(without);
        log.info("Without {}", without);
        log.info("With    {}", with);
        log.info("Medians of {} pairs: {} and {}, ratio {}", PAIRS, median(without), median(with), ratio);
        assertThat(with).hasSize(PAIRS).allSatisfy(rate -> assertThat(rate).isPositive());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** How many events each healthy drain delivers in a second; all of them deliver all. */
    private double eventsPerSecond(boolean withBlackHole) throws Exception {
        Map<String, String> defined = new TreeMap<>();
        try (var sink = new Sink();
                var hole = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var type = new TcpDrainType()) {
            for (int i = 0; i < HEALTHY; i++) {
                defined.put("healthy" + i, "tcp://127.0.0.1:" + sink.port());
            }
            if (withBlackHole) {
                defined.put("hole", "tcp://127.0.0.1:" + hole.getLocalPort());
            }
            Path journal = Files.createDirectory(folder.resolve("journal" + runs++));
            try (var drains = new SupervisedDrains(journal, List.of(type), defined, Clock.systemUTC())) {
                await().untilAsserted(() -> assertThat(drains.running()).isEqualTo(defined.size()));
                long begun = System.nanoTime();
                for (int from = 0; from < EVENTS; from += EVENTS_PER_FRAME) {
                    drains.frame(frame(from));
                }
                while (sink.lines() < (long) HEALTHY * EVENTS
                        && System.nanoTime() - begun < Duration.ofMinutes(5).toNanos()) {
                    LockSupport.parkNanos(200_000);
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                assertThat(sink.lines()).isEqualTo((long) HEALTHY * EVENTS);
                if (withBlackHole) {
                    assertThat(drains.status().get("hole").cursor().account().delivered())
                            .isLessThan(EVENTS);
                }
                return EVENTS / seconds;
            }
        }
    }

    private static byte[] frame(int from) {
        var builder = new BatchBuilder("test", new StreamId(0, 1), from);
        for (int i = from; i < from + EVENTS_PER_FRAME; i++) {
            builder.event().append(EVENT, 0, EVENT.length);
            builder.endEvent(i + 1L);
        }
        return builder.finish().bytes();
    }
}
