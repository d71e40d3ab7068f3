package logyard.drains;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
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
import java.util.function.ToDoubleFunction;
import logyard.core.event.BatchBuilder;
import logyard.core.event.StreamId;
import logyard.drains.tcp.TcpDrainType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One target that accepts a connection and never reads, beside nine that do. {@code -Dlogyard.events=100000
 * -Dlogyard.pairs=200} measures what it costs them, by turns without it and with it.
 */
class BlackHoleTest {
    private static final Logger log = LoggerFactory.getLogger(BlackHoleTest.class);
    private static final int EVENTS = Integer.getInteger("logyard.events", 20_000);
    private static final int PAIRS = Integer.getInteger("logyard.pairs", 1);
    private static final int HEALTHY = 9;
    private static final int EVENTS_PER_FRAME = 200;

    /** So far the source is ahead of the targets at most, as a journal is bounded. */
    private static final int AHEAD = 100_000;

    private static final OperatingSystemMXBean OWN_PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final byte[] EVENT = ("systail.dea.1 {\"text\":\"" + "x".repeat(250) + "\"}").getBytes(UTF_8);

    @TempDir
    Path folder;

    private int runs;

    @Test
    @Timeout(3600)
    void delaysNobodyElse() throws Exception {
        for (int i = 0; i < PAIRS / 10; i++) { // until the code is compiled
            run(false);
            run(true);
        }
        List<Run> without = new ArrayList<>();
        List<Run> with = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            boolean first = pair % 2 == 0; // which goes first takes turns, too
            (first ? without : with).add(run(!first));
            (first ? with : without).add(run(first));
        }

        log.info("Without {}", without);
        log.info("With    {}", with);
        log.info("Events per second: {}", compared(without, with, Run::eventsPerSecond));
        log.info("CPU seconds of a run: {}", compared(without, with, Run::cpuSeconds));
        assertThat(with)
                .hasSize(PAIRS)
                .allSatisfy(run -> assertThat(run.eventsPerSecond()).isPositive());
    }

    /** @param eventsPerSecond that each healthy drain delivered */
    private record Run(double eventsPerSecond, double cpuSeconds) {}

    private static RatioOfMedians compared(List<Run> without, List<Run> with, ToDoubleFunction<Run> figure) {
        return RatioOfMedians.of(
                without.stream().mapToDouble(figure).toArray(),
                with.stream().mapToDouble(figure).toArray());
    }

    /** All healthy drains deliver all. */
    private Run run(boolean withBlackHole) throws Exception {
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
                long cpuBegun = OWN_PROCESS.getProcessCpuTime();
                for (int from = 0; from < EVENTS; from += EVENTS_PER_FRAME) {
                    while (from - sink.lines() / HEALTHY > AHEAD) {
                        LockSupport.parkNanos(200_000);
                    }
                    drains.frame(frame(from));
                }
                while (sink.lines() < (long) HEALTHY * EVENTS
                        && System.nanoTime() - begun < Duration.ofMinutes(5).toNanos()) {
                    LockSupport.parkNanos(200_000);
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                double cpuSeconds = (OWN_PROCESS.getProcessCpuTime() - cpuBegun) / 1e9;
                assertThat(sink.lines()).isEqualTo((long) HEALTHY * EVENTS);
                if (withBlackHole) {
                    assertThat(drains.status().get("hole").cursor().account().delivered())
                            .isLessThan(EVENTS);
                }
                return new Run(EVENTS / seconds, cpuSeconds);
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
