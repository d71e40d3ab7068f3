package logyard.kato.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import logyard.kato.redis.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCommandTest {
    private static final String FIRST = """
            {"type":"kato_action","desc":"kato log drain add mydrain udp://h:1 (succeeded)","severity":"INFO",\
            "process":"kato","node_id":"192.168.68.5","unix_time":1366305280,"human_time":"2013-04-18T10:14:40-07:00"}
            """;
    private static final String SECOND = """
            {"type":"kato_action","desc":"kato start (failed)","node_id":"192.168.68.7","unix_time":1366305302,\
            "human_time":"2013-04-18T10:15:02-07:00"}""";
    private static final String OF_2013 =
            "{\"Type\":\"kato_action\",\"Desc\":\"kato stop\",\"NodeID\":\"192.168.68.5\",\"UnixTime\":1366305303}";

    @TempDir
    private Path folder;

    private final TestKato cluster = new TestKato();
    private TestRedis redis;

    @BeforeEach
    void start() {
        redis = TestRedis.start(folder, "");
        cluster.tree.set(ConfigPath.MBUS_IP, TextNode.valueOf("127.0.0.1"));
        historyIn("redis://stackato-core:" + redis.port() + "/?filter=event.kato_action&limit=256&key=kato_history");
    }

    @AfterEach
    void stop() throws InterruptedException {
        redis.close();
    }

    private void historyIn(String uri) {
        cluster.tree.set(ConfigPath.DRAINS.child("builtin.katohistory"), TextNode.valueOf(uri));
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }

    @Test
    void showsTheOldestFirst() {
        redis.push("kato_history", FIRST, SECOND, OF_2013);

        assertThat(cluster.kato("history").output()).isEqualTo("""
                        2013-04-18T10:14:40-07:00  192.168.68.5     kato log drain add mydrain udp://h:1 (succeeded)
                        2013-04-18T10:15:02-07:00  192.168.68.7     kato start (failed)
                        2013-04-18T17:15:03+00:00  192.168.68.5     kato stop
                        """);
    }

    @Test
    void isEmptyWhereNothingWasDone() {
        assertThat(cluster.kato("history").output()).isEmpty();
        assertThat(cluster.kato("history", "-j").output()).isEqualTo("[]\n");
    }

    @Test
    void ordersByTimeWhatNodesSentLate() {
        redis.push("kato_history", SECOND, FIRST);

        assertThat(cluster.kato("history").output().lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("drain add"),
                        second -> assertThat(second).contains("kato start"));
    }

    @Test
    void showsOneNodeOnly() {
        redis.push("kato_history", FIRST, SECOND, OF_2013);

        assertThat(cluster.kato("history", "--node", "192.168.68.7").output().lines())
                .containsExactly("2013-04-18T10:15:02-07:00  192.168.68.7     kato start (failed)");
    }

    @Test
    void showsTheEventsAsTheyAreKept() throws IOException {
        redis.push("kato_history", FIRST, SECOND);

        assertThat(json(cluster.kato("history", "--json").output())).containsExactly(json(FIRST), json(SECOND));
    }

    @Test
    void leavesOutWhatIsNoEventAndSaysSo() {
        redis.push("kato_history", "nonsense", FIRST, "{\"desc\":1}", "");

        TestKato.Result result = cluster.kato("history");

        assertThat(result.status()).isZero();
        assertThat(result.out().lines()).singleElement().asString().contains("drain add");
        assertThat(result.err()).isEqualTo("WARN: left out 3 elements of the list kato_history that are no events\n");
    }

    @Test
    void noEscapeSequenceReachesTheTerminal() {
        redis.push("kato_history", SECOND.replace("kato start", "kato \\u001b[2Jstart"));

        assertThat(cluster.kato("history").output()).contains("kato ^[[2Jstart");
    }

    @Test
    void logsInAsTheDrainDoes() throws Exception {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("applog"), "hunter2\n");
        Path other = Files.createDirectory(folder.resolve("other"));
        try (var locked = TestRedis.start(other, ":hunter2@", "--requirepass", "hunter2")) {
            locked.push("kato_history", SECOND);
            historyIn("redis://:secret:applog@127.0.0.1:" + locked.port() + "/?key=kato_history");
            assertThat(cluster.kato("--set", "drain.secrets_dir=" + secrets, "history")
                            .output())
                    .contains("kato start (failed)");

            historyIn("redis://:secret:..%2Fredis.log@127.0.0.1:" + locked.port() + "/?key=kato_history");
            assertThat(cluster.kato("history").err()).contains("must be the name of a file in drain.secrets_dir");

            historyIn("redis://:wrong-one@127.0.0.1:" + locked.port() + "/?key=kato_history");
            assertThat(cluster.kato("history").err()).contains("WRONGPASS").doesNotContain("wrong-one");
        }
    }

    @Test
    void withoutRedisItSaysSoAndShowsWhatWasDoneHere() throws Exception {
        cluster.withLogs(folder);
        cluster.kato("config", "set", "cluster", "endpoint", "api.example.com");
        Files.writeString(
                folder.resolve("kato.log.1"),
                "2014/01/02 03:04:05 [info] (7) INVOKE-ADMIN-ACTION"
                        + " {\"command\": \"kato start\",\"status\": \"failed\"}\nnonsense\n");
        redis.close();

        TestKato.Result result = cluster.kato("history");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("ERROR: Cannot read the history from Redis at 127.0.0.1:" + redis.port()
                        + ": Connection refused; does a redis-server run there?\n"
                        + "This is what the kato.log of this node tells, 10.0.0.5:\n");
        assertThat(result.out().lines())
                .satisfiesExactly(
                        old -> assertThat(old)
                                .isEqualTo("2014-01-02T03:04:05+00:00  10.0.0.5         kato start (failed)"),
                        now -> assertThat(now)
                                .contains("10.0.0.5         kato ")
                                .endsWith("config set cluster endpoint api.example.com (succeeded)"));
        assertThat(json(cluster.kato("history", "-j").out())).hasSize(2);
        assertThat(cluster.kato("history", "-n", "10.0.0.6").out()).isEmpty();
    }

    @Test
    void withoutTheTreeItShowsWhatWasDoneHere() throws IOException {
        cluster.withLogs(folder).kato("config", "set", "cluster", "endpoint", "api.example.com");
        cluster.tree.disconnect();

        TestKato.Result result = cluster.kato("history");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("ERROR: The tree in memory is disconnected. Does ZooKeeper run there?");
        assertThat(result.out().lines()).singleElement().asString().contains("config set cluster endpoint");
    }

    @Test
    void saysWhatToSetWhereTheRedisIsNotKnown() {
        cluster.tree.delete(ConfigPath.MBUS_IP);

        TestKato.Result result = cluster.kato("history");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("kato config set cluster mbusip IP");
    }

    @Test
    void asksThePackagedPlaceWhereTheDrainWasDeleted() {
        cluster.tree.delete(ConfigPath.DRAINS.child("builtin.katohistory"));
        cluster.tree.set(ConfigPath.MBUS_IP, TextNode.valueOf("127.0.0.77")); // nobody listens at its port 6464

        assertThat(cluster.kato("history").err()).contains("Redis at 127.0.0.77:6464");
    }

    @Test
    void isNoActionItself() throws IOException {
        cluster.withLogs(folder).kato("history");

        assertThat(folder.resolve("kato.log")).doesNotExist();
    }
}
