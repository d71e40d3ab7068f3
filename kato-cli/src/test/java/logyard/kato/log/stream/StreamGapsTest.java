package logyard.kato.log.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import org.junit.jupiter.api.Test;

/** What a stream says of what may be missing in it. */
class StreamGapsTest extends TypedStream {
    @Test
    void saysWhichNodeLeavesAndReturns() throws Exception {
        var status = start("log", "tail");

        for (int i = 0; i < 2; i++) {
            try (Socket node = connectAsNode()) {
                send(node, EVENT);
                int lines = i + 1;
                await().untilAsserted(() -> assertThat(out.toString().lines()).hasSize(lines));
            }
            int departures = i + 2;
            await().untilAsserted(() -> assertThat(err.toString().split("10.0.0.7 has left the stream\n", -1))
                    .hasSize(departures));
        }
        interrupt();

        assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(err.toString())
                .containsPattern(
                        "WARN: 10.0.0.7 is back in the stream after (less than 1|\\d+) s: what it kept meanwhile"
                                + " comes now, and perhaps its last lines again\n");
    }

    @Test
    void makesItsDrainAgainAndSaysWhatMayBeMissing() throws Exception {
        var status = start("log", "tail");
        String name = drainName();
        String uri = cluster.drain(name);
        try (Socket node = connectAsNode()) {
            send(node, EVENT);
            await().untilAsserted(() -> assertThat(out.toString()).isNotEmpty());

            cluster.tree.delete(ConfigPath.DRAINS.child(name));
        }
        await().untilAsserted(() -> assertThat(err.toString()).contains("has left the stream"));
        await().untilAsserted(() -> assertThat(cluster.drain(name)).isEqualTo(uri));
        try (Socket node = connectAsNode()) {
            send(node, EVENT);
            await().untilAsserted(() -> assertThat(out.toString().lines()).hasSize(2));
            interrupt();
        }

        assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(err.toString())
                .containsPattern(
                        "WARN: the drain was gone from ZooKeeper, and was made again: what the nodes logged since"
                                + " \\d\\d:\\d\\d:\\d\\d may be missing\n");
        assertThat(cluster.drain(name)).isNull();
        assertThat(err.toString()).startsWith("Added drain " + uri + "\n");
    }

    @Test
    void saysWhenZooKeeperIsBack() throws Exception {
        var status = start("log", "tail");

        cluster.tree.disconnect();
        awaitLook();
        cluster.tree.reconnect();

        await().untilAsserted(() -> assertThat(err.toString())
                .containsPattern("WARN: ZooKeeper can be reached again, after (less than 1|\\d+) s\n"));
        interrupt();
        status.get(60, TimeUnit.SECONDS);
    }

    /** It looks four times a second; a tree that is away for longer than that has been seen. */
    private static void awaitLook() {
        await().pollDelay(Duration.ofMillis(600)).until(() -> true);
    }
}
