package logyard.kato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** logyard-cli as operators run it. */
class LogyardCliMainIT {
    @TempDir
    private Path folder;

    @Test
    void receivesUntilCtrlCAndSaysNothingThen() throws Exception {
        ZMQ.Context context = ZMQ.context(1);
        ZMQ.Socket core = context.socket(SocketType.PUB);
        core.setLinger(0);
        int port = core.bindToRandomPort("tcp://127.0.0.1");

        try (var recv = ChildProcess.start(
                folder,
                LogyardCliMain.class,
                Map.of("LOGYARD_BUS_SUBSCRIBE", "tcp://127.0.0.1:" + port),
                "recv",
                "-filter",
                "event")) {
            await().untilAsserted(() -> {
                core.send("event.x {\"a\":1}");
                assertThat(recv.out()).startsWith("event.x {\"a\":1}\n");
            });
            recv.signal("INT");

            assertThat(recv.awaitEnd()).isEqualTo(130);
            assertThat(recv.err()).isEmpty();
        }
        core.close();
        context.term();
    }

    @Test
    void saysHowItIsUsed() throws Exception {
        try (var cli = ChildProcess.start(folder, LogyardCliMain.class, Map.of(), "nonsense")) {
            assertThat(cli.awaitEnd()).isEqualTo(1);
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err()).startsWith("Usage: logyard-cli COMMAND");
        }
    }
}
