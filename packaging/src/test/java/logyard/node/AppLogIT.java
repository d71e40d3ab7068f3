package logyard.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import logyard.config.ConfigPath;
import logyard.core.bus.AckedPublisher;
import logyard.core.bus.Bus;
import logyard.core.event.BatchBuilder;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kato log app} as it is installed, with a real ZooKeeper, core and Redis; the test is apptail. */
class AppLogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private TestNode node;
    private Process redis;
    private Receiver receiver;
    private int published;

    @BeforeEach
    void start() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        redis = new ProcessBuilder("redis-server", "--port", "" + port, "--save", "", "--dir", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.out").toFile())
                .start();
        receiver = new Receiver();
        node = TestNode.create(folder);
        node.start("logyard");
        node.drain("builtin.apptail", "redis://127.0.0.1:" + port + "/?filter=apptail&limit=400", "RUNNING");
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
        receiver.close();
        redis.destroy();
        assertThat(redis.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** As apptail does: lines of one application, numbered, until the core has stored them. */
    private void publish(AckedPublisher publisher, String guid, int lines) {
        var batch = new BatchBuilder("test", new StreamId(7, 7), published);
        for (int i = 0; i < lines; i++) {
            String json = "{\"filename\":\"stdout\",\"source\":\"app\",\"instance_index\":0,\"app_guid\":\"" + guid
                    + "\",\"app_name\":\"env\",\"text\":\"" + text(guid, published) + "\",\"node_id\":\"127.0.0.1\","
                    + "\"unix_time\":1366305302,\"human_time\":\"2013-04-18T10:15:02-07:00\"}";
            batch.event().append("apptail." + guid + " " + json);
            published++;
            batch.endEvent(published);
        }
        publisher.publish(batch.finish());
        assertThat(publisher.awaitAcknowledged(PATIENCE)).isTrue();
    }

    private static String text(String guid, int number) {
        return "line " + number + " of " + guid;
    }

    private static List<String> shown(String guid, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "2013-04-18T10:15:02-07:00 app.0: " + text(guid, i))
                .toList();
    }

    private AckedPublisher publisher(Bus bus) {
        return AckedPublisher.start(bus, "test", AckedPublisher.DEFAULT_BOUND_BYTES, new AckedPublisher.Listener() {
            @Override
            public void acknowledged(StreamId stream, long position) {}

            @Override
            public void roomAgain() {}
        });
    }

    /** Lines are published all the time while the command begins: none is missing in between and none comes twice. */
    @Test
    void showsWhatWasLoggedAndGoesOn() throws Exception {
        try (var bus = new Bus(node.bus());
                var publisher = publisher(bus)) {
            publish(publisher, "7", 5);
            publish(publisher, "70", 1);
            await().atMost(PATIENCE).untilAsserted(() -> {
                TestNode.Result result = node.run("kato", "log", "app", "7", "--num", "3");
                assertThat(result.err()).isEmpty();
                assertThat(result.exit()).isZero();
                assertThat(result.out().lines()).containsExactlyElementsOf(shown("7", 2, 5));
            });

            try (var following =
                    Typed.start(folder, node, "log", "app", "7", "--follow", "--num", "400", "--text", "*7")) {
                int first = published;
                await().atMost(PATIENCE).untilAsserted(() -> {
                    publish(publisher, "7", 1); // each time that is looked
                    assertThat(following.out()).as(following.err()).isNotEmpty();
                });
                publish(publisher, "70", 1);
                publish(publisher, "7", 5);
                List<String> all = List.copyOf(shown("7", first, published - 6));
                List<String> last = shown("7", published - 5, published);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(following.out().lines()).endsWith(last.toArray(String[]::new)));

                assertThat(following.end("INT")).isEqualTo(1);
                assertThat(following.out().lines())
                        .startsWith(shown("7", 0, 5).toArray(String[]::new))
                        .containsSequence(all)
                        .hasSize(5 + all.size() + 5)
                        .doesNotHaveDuplicates();
                assertThat(node.tree().names(ConfigPath.DRAINS)).noneMatch(name -> name.startsWith("tmp."));
            }
        }
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        TestNode.Result typo = node.run("kato", "log", "app", "8");
        TestNode.Result none = node.run("kato", "log", "app", "a.b");
        redis.destroy();
        redis.waitFor();
        TestNode.Result away = node.run("kato", "log", "app", "7");

        assertThat(typo.err()).isEqualTo("WARN: no line is kept of an application 8: is that its GUID?\n");
        assertThat(typo.exit()).isZero();
        assertThat(none.exit()).isEqualTo(2);
        assertThat(away.exit()).isEqualTo(1);
        assertThat(away.err()).contains("Connection refused; does a redis-server run there?");
    }

    @Test
    void sendsADrainTheLinesOfItsApplicationOnly() throws Exception {
        Files.writeString(node.conf(), "appdrain.denied_targets=192.0.2.0/24\n", StandardOpenOption.APPEND);
        node.stop("logyard");
        node.start("logyard");
        String target = "tcp://127.0.0.1:" + receiver.port();

        assertThat(node.run("kato", "log", "app", "drain", "add", "7", "mine", target + "/?token=x", "--json"))
                .isEqualTo(new TestNode.Result(
                        0,
                        "Added drain appdrain.7.mine: " + target + "?filter=apptail.7+&format=json\n",
                        "WARN: left out \"token\": drains of applications have a scheme, a host and a port\n"));
        node.drain("appdrain.7.old", target + "?filter=apptail.7&format={{.text}}", "RUNNING");
        node.awaitState("appdrain.7.mine", "RUNNING");
        try (var bus = new Bus(node.bus());
                var publisher = publisher(bus)) {
            publish(publisher, "70", 3);
            publish(publisher, "7", 1);
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(receiver.others()).hasSize(2));
        assertThat(receiver.others())
                .anySatisfy(line -> assertThat(line).isEqualTo(text("7", 3)))
                .anySatisfy(line -> assertThat(line).startsWith("{\"filename\"").contains(text("7", 3)));
        assertThat(node.status("appdrain.7.mine").path("matched").asInt()).isLessThanOrEqualTo(1);
        assertThat(node.run("kato", "log", "app", "drain", "list", "7").out().lines())
                .hasSize(2);
        assertThat(node.run("kato", "log", "app", "drain", "delete", "7", "mine")
                        .exit())
                .isZero();
        assertThat(node.tree().names(ConfigPath.DRAINS))
                .contains("appdrain.7.old")
                .doesNotContain("appdrain.7.mine");
    }

    /** By default, this node itself. The second as if the name had not led there when the drain was added. */
    @Test
    void connectsADrainOfAnApplicationNowhereThatIsDenied() throws Exception {
        String target = "tcp://localhost:" + receiver.port();
        TestNode.Result refused = node.run("kato", "log", "app", "drain", "add", "7", "mine", target);
        node.drain("appdrain.7.mine", target + "?filter=apptail.7+", "RETRYING");
        node.drain("operators", target + "?filter=apptail.7+", "RUNNING");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).startsWith("ERROR: localhost: drains may not send to ");
        assertThat(node.status("appdrain.7.mine").path("error").asText())
                .contains("is one of appdrain.denied_targets on this node");
    }
}
