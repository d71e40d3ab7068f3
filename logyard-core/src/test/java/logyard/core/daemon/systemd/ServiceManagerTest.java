package logyard.core.daemon.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import logyard.core.daemon.metrics.Vitals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagerTest {
    private final Vitals vitals = new Vitals();
    private final AtomicBoolean isReady = new AtomicBoolean(true);
    private final AtomicReference<Duration> silence = new AtomicReference<>(Duration.ZERO);
    private final String address = "@logyard-test-" + UUID.randomUUID();

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        Vitals.Part unused = vitals.add().isDaemon("logyard", isReady::get).hasThread("logyard.ingest", silence::get);
        vitals.started();
    }

    private ServiceManager tell(String notifySocket) {
        return ServiceManager.tell(Map.of("NOTIFY_SOCKET", notifySocket), vitals)
                .orElseThrow();
    }

    private ServiceManager tellWithWatchdog(String pid) {
        return ServiceManager.tell(
                        Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "60000", "WATCHDOG_PID", pid), vitals)
                .orElseThrow();
    }

    private void tellsItsLife(String notifySocket) {
        try (var systemd = new FakeSystemd(notifySocket)) {
            ServiceManager manager = tell(notifySocket);
            assertThat(systemd.next()).isEqualTo("READY=1");
            assertThat(systemd.next()).isEqualTo("STATUS=Ready");

            manager.close();

            assertThat(systemd.next()).isEqualTo("STOPPING=1 | STATUS=Stopping");
        }
    }

    @Test
    void tellsThatItIsReadyAndThatItEndsAtAPath() {
        tellsItsLife(folder.resolve("notify").toString());
    }

    @Test
    void tellsThatItIsReadyAndThatItEndsAtANameInNoFolder() {
        tellsItsLife(address);
    }

    @Test
    void whatWaitsForOthersHasStartedNevertheless() {
        isReady.set(false);
        try (var systemd = new FakeSystemd(address);
                var manager = tell(address)) {
            assertThat(manager).isNotNull();
            assertThat(systemd.next()).isEqualTo("STATUS=At work, but not ready yet: logyard");
            assertThat(systemd.next()).isEqualTo("READY=1");

            isReady.set(true);

            assertThat(systemd.next()).isEqualTo("STATUS=Ready");
        }
    }

    @Test
    void thePingStopsForAsLongAsSomethingHangs() {
        try (var systemd = new FakeSystemd(address);
                var manager =
                        tellWithWatchdog(Long.toString(ProcessHandle.current().pid()))) {
            assertThat(manager).isNotNull();
            systemd.readTo("STATUS=Ready");
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");

            silence.set(Duration.ofSeconds(31));
            systemd.readTo("STATUS=Not well: logyard.ingest has not looked for work for 31 s");
            silence.set(Duration.ofSeconds(50));
            assertThat(systemd.next()).isEqualTo("STATUS=Not well: logyard.ingest has not looked for work for 50 s");
            silence.set(Duration.ZERO);

            assertThat(systemd.next()).isEqualTo("STATUS=Ready");
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
        }
    }

    /** A new process would have the same disk. */
    @Test
    void thePingGoesOnWhileTheDiskIsFull() {
        try (var full = vitals.add().must("made the journal safe", "logyard.journal", () -> Duration.ofMinutes(1));
                var systemd = new FakeSystemd(address);
                var manager =
                        tellWithWatchdog(Long.toString(ProcessHandle.current().pid()))) {
            assertThat(full).isNotNull();
            assertThat(manager).isNotNull();
            systemd.readTo("STATUS=Not well: logyard.journal has not made the journal safe for 60 s");
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
        }
    }

    @Test
    void pingsNoWatchdogOfAnotherProcess() {
        try (var systemd = new FakeSystemd(address);
                var manager = tellWithWatchdog("1")) {
            assertThat(manager).isNotNull();
            systemd.readTo("STATUS=Ready");

            isReady.set(false);

            assertThat(systemd.next()).isEqualTo("STATUS=At work, but not ready yet: logyard");
        }
    }

    @Test
    void nobodyIsToldWhereNobodyAsks() {
        assertThat(ServiceManager.tell(Map.of(), vitals)).isEmpty();
        assertThat(ServiceManager.tell(Map.of("NOTIFY_SOCKET", ""), vitals)).isEmpty();
    }

    @Test
    void anAddressThatIsNoneStopsNothing() {
        assertThat(ServiceManager.tell(Map.of("NOTIFY_SOCKET", "vsock:2:1234"), vitals))
                .isEmpty();
        assertThat(ServiceManager.tell(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200)), vitals))
                .isEmpty();
    }
}
