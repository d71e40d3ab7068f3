package logyard.kato.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import logyard.core.daemon.Settings;
import logyard.kato.process.LocalUnits;
import logyard.kato.process.ProcessState;
import logyard.kato.process.Unit;
import org.junit.jupiter.api.Test;

class MetricsCheckTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final long OWN = ProcessHandle.current().pid();
    private static final long NOBODY = 1L << 40;

    private static ProcessState running(long pid) {
        return new ProcessState("RUNNING", OptionalLong.of(pid), OptionalLong.empty(), List.of());
    }

    private static List<Finding> found(int port, LocalUnits units, Map<String, ProcessState> processes) {
        return found(port, units, MetricsCheck.PATIENCE, processes);
    }

    private static List<Finding> found(
            int port, LocalUnits units, Duration patience, Map<String, ProcessState> processes) {
        var findings = new Findings();
        var settings = Settings.load(Optional.empty(), Map.of("metrics.listen", "127.0.0.1:" + port), Map.of());
        new MetricsCheck(settings, units, patience, findings).examine(processes);
        return findings.all();
    }

    private static String core(int port, ProcessState state) {
        return found(port, LocalUnits.NONE, Map.of("logyard", state)).stream()
                .map(finding -> finding.level() + " " + finding.text())
                .collect(Collectors.joining());
    }

    @Test
    void looksWhoAnswersWhereTheCoreShould() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var answer = new AtomicReference<>("{\"healthy\":true,\"checks\":{}}");
        server.createContext("/", exchange -> {
            byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        try {
            assertThat(core(port, running(OWN))).startsWith("OK");
            answer.set("{\"healthy\":false,\"checks\":{}}");
            assertThat(core(port, running(OWN))).startsWith("FAIL something hangs");
            answer.set("It works!");
            assertThat(core(port, running(OWN))).startsWith("WARN something else answers");
        } finally {
            server.stop(0);
        }
        assertThat(core(port, running(OWN))).startsWith("WARN logyard does not answer");
        assertThat(found(port, LocalUnits.NONE, Map.of("logyard", running(OWN)))
                        .get(0)
                        .remedy())
                .contains("with three more behind it"); // systail, cloud_events, apptail
        assertThat(found(port, LocalUnits.NONE, Map.of())).isEmpty();
    }

    /** As one that is stopped by a signal: the kernel takes the connection for it. */
    @Test
    void hangsWhoSaysNothingAndIsThere() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = silent.getLocalPort();
            var units = new LocalUnits(
                    Map.of("logyard-node.service", new Unit("logyard-node.service", Map.of("ActiveState", "active"))));

            Finding finding =
                    found(port, units, SHORT, Map.of("logyard", running(OWN))).get(0);

            assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
            assertThat(finding.text()).contains("logyard says nothing at", "(pid " + OWN + "): it hangs");
            assertThat(finding.remedy()).isEqualTo("systemctl restart logyard-node");
            assertThat(found(port, units, SHORT, Map.of("logyard", running(NOBODY)))
                            .get(0)
                            .level())
                    .isEqualTo(Finding.Level.WARN);
        }
    }

    /** Each has its own port, but for those that are one process. */
    @Test
    void asksEachProcessOnce() throws Exception {
        try (var systail = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = systail.getLocalPort() - 1;

            assertThat(found(port, LocalUnits.NONE, Map.of("logyard", running(OWN), "systail", running(OWN))))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.text()).startsWith("logyard does not answer"));
            assertThat(found(port, LocalUnits.NONE, SHORT, Map.of("systail", running(OWN))))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.remedy()).isEqualTo("systemctl restart systail"));
        }
    }
}
