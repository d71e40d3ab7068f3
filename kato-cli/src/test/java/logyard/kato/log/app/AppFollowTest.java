package logyard.kato.log.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.kato.log.stream.TypedStream;
import logyard.kato.redis.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kato log app --follow}: what was kept and what comes live, joined. The test is the nodes. */
class AppFollowTest extends TypedStream {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String A = "10.0.0.7";
    private static final String B = "10.0.0.8";

    @TempDir
    private Path folder;

    private TestRedis redis;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start(folder, "");
        cluster.withDrain("builtin.apptail", "redis://127.0.0.1:" + redis.port() + "/?filter=apptail&limit=400");
    }

    @AfterEach
    void stopRedis() throws InterruptedException {
        redis.close();
    }

    private static String json(String node, int number) {
        return "{\"filename\":\"stdout\",\"source\":\"app\",\"instance_index\":0,\"text\":\"" + node + " line " + number
                + "\",\"node_id\":\"" + node + "\",\"unix_time\":" + (1366305300 + number)
                + ",\"human_time\":\"T\"}";
    }

    private static String live(String node, int number) {
        return "apptail.7 " + json(node, number);
    }

    private void keep(String node, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> redis.push("apptail.7", json(node, i) + "\n"));
    }

    private static void send(Socket socket, String node, int from, int to) throws IOException {
        for (int i = from; i <= to; i++) {
            send(socket, live(node, i));
        }
    }

    private static String shown(String node, int from, int to) {
        StringBuilder lines = new StringBuilder();
        IntStream.rangeClosed(from, to).forEach(i -> lines.append("T app.0: " + node + " line " + i + "\n"));
        return lines.toString();
    }

    private CompletableFuture<Integer> follow(String... options) {
        return start(Stream.concat(Stream.of("log", "app", "7", "--follow"), Stream.of(options))
                .toArray(String[]::new));
    }

    private void core(String node) {
        cluster.tree.set(ConfigPath.RUNNING.child(node).child("logyard"), TextNode.valueOf(""));
    }

    private void show(String node, String drain, String state, int matched, int delivered) {
        ObjectNode status = JsonNodeFactory.instance.objectNode().put("name", state);
        status.put("matched", matched).put("delivered", delivered).put("dropped", 0);
        cluster.tree.set(ConfigPath.STATUS.child(node).child(drain), status);
    }

    private void end(CompletableFuture<Integer> status) throws Exception {
        interrupt();
        assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }

    private void awaitOut(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(out.toString()).isEqualTo(text));
    }

    @Test
    void asksForThisApplicationOnly() throws Exception {
        var status = follow();

        assertThat(cluster.drain(drainName())).endsWith("?filter=apptail.7+&format=raw");
        end(status);
    }

    @Test
    void joinsWhatWasKeptAndWhatComes() throws Exception {
        core(A);
        core(B);
        var status = follow();
        try (Socket a = connectAsNode();
                Socket b = connectAsNode()) {
            keep(A, 1, 5);
            send(a, A, 3, 7); // 3 to 5 are in the list, too
            keep(B, 8, 9);
            send(b, B, 9, 9);
            show(A, drainName(), "RUNNING", 0, 0);
            assertThat(out.toString()).isEmpty();
            show(B, drainName(), "RUNNING", 0, 0); // now all are there

            awaitOut(shown(A, 1, 7) + shown(B, 8, 9));
            send(a, A, 10, 11);
            send(b, live(B, 12));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(out.toString().lines()).hasSize(12));
        }
        end(status);

        String joined = shown(A, 1, 7) + shown(B, 8, 9);
        assertThat(out.toString()).startsWith(joined);
        assertThat(out.toString().substring(joined.length()).lines())
                .containsExactlyInAnyOrderElementsOf(
                        (shown(A, 10, 11) + shown(B, 12, 12)).lines().toList());
        assertThat(err.toString().lines()).noneMatch(line -> line.contains("may be missing"));
    }

    /** A line that Redis had before this process had it. */
    @Test
    void whatComesLaterThanItWasKeptIsShownOnce() throws Exception {
        keep(A, 1, 3);
        var status = follow();
        awaitOut(shown(A, 1, 3));

        try (Socket a = connectAsNode()) {
            send(a, A, 2, 5);
            awaitOut(shown(A, 1, 5));
        }
        end(status);
    }

    @Test
    void showsAllThatCameLiveWhateverNumberIsAskedFor() throws Exception {
        core(A);
        keep(A, 1, 10);
        var status = follow("--num", "2");
        try (Socket a = connectAsNode()) {
            send(a, A, 10, 15);
            show(A, drainName(), "RUNNING", 0, 0);

            awaitOut(shown(A, 11, 15));
        }
        end(status);
    }

    @Test
    void filtersBoth() throws Exception {
        keep(A, 1, 3);
        var status = follow("--text", "*[25]");
        try (Socket a = connectAsNode()) {
            awaitOut(shown(A, 2, 2));
            send(a, A, 4, 6);
            awaitOut(shown(A, 2, 2) + shown(A, 5, 5));
        }
        end(status);
    }

    @Test
    void goesOnLiveWithoutRedis() throws Exception {
        redis.close();
        var status = follow();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(err.toString())
                                .contains(
                                        "WARN: Cannot read the log of the application from Redis at 127.0.0.1:"
                                                + redis.port()
                                                + ": Connection refused; does a redis-server run there?; this is what comes from now on\n"));

        try (Socket a = connectAsNode()) {
            send(a, A, 1, 3);
            awaitOut(shown(A, 1, 3));
        }
        end(status);
    }

    @Test
    void saysWhereLinesMayBeMissing() throws Exception {
        core(A);
        show(A, "builtin.apptail", "RETRYING", 9, 2);
        show(B, "builtin.apptail", "RUNNING", 9, 2);
        keep(A, 1, 3);
        var status = follow();
        try (Socket a = connectAsNode()) {
            send(a, A, 6, 7);
            show(A, drainName(), "RUNNING", 0, 0);

            awaitOut(shown(A, 1, 3) + shown(A, 6, 7));
        }
        end(status);

        assertThat(err.toString())
                .contains(
                        "WARN: 10.0.0.7: what was logged there before now may be missing, its drain builtin.apptail is"
                                + " RETRYING\n",
                        "WARN: 10.0.0.8: what was logged there before now may be missing, its drain builtin.apptail is 7"
                                + " lines behind\n",
                        "WARN: 10.0.0.7: what was logged there shortly before now may be missing, the drain builtin.apptail"
                                + " has not kept it\n");
    }

    @Test
    void showsLossesAndNothingOfOthers() throws Exception {
        var status = follow("--source", "none");
        try (Socket a = connectAsNode()) {
            send(a, live(A, 1).replace("apptail.7 ", "apptail.70 "));
            send(a, live(A, 2));
            send(a, "apptail.7 nonsense");
            send(
                    a,
                    live(A, 3)
                            .replace("\"app\"", "\"logyard\"")
                            .replace("{", "{\"type\":\"messages_dropped\",\"process\":\"logyard\","));

            awaitOut(
                    "INTERNAL: an event of apptail.7 that is not JSON: Unrecognized token 'nonsense': was expecting"
                            + " (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\nT logyard.0: 10.0.0.7 line 3\n");
        }
        end(status);
    }

    @Test
    void canBeInterruptedWhileItWaitsForNodes() throws Exception {
        core(A);
        keep(A, 1, 3);
        var status = follow();

        end(status);

        assertThat(out.toString()).isEmpty();
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).containsExactly("builtin.apptail");
    }
}
