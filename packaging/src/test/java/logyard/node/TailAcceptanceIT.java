package logyard.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.zookeeper.TestZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The acceptance scenario of {@code kato log tail} (spec 07 §17): three nodes with real daemons, the command on the first. */
class TailAcceptanceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The scenario has 30 minutes ({@code -Dlogyard.silence=1800}). */
    private static final Duration SILENCE = Duration.ofSeconds(Integer.getInteger("logyard.silence", 5));

    private static final String ESTABLISHED = "01";

    @TempDir
    Path folder;

    private final List<Typed> typed = new ArrayList<>();
    private final List<TestNode> nodes = new ArrayList<>();
    private TestZooKeeper zooKeeper;

    @BeforeEach
    void startThreeNodes() throws IOException {
        zooKeeper = TestZooKeeper.started();
        for (String address : List.of("127.0.0.1", "127.0.0.2", "127.0.0.3")) {
            nodes.add(TestNode.join(zooKeeper, folder.resolve(address), address));
        }
        a().tree().set(ConfigPath.SYSTAIL.child("log_files").child("dea"), TextNode.valueOf(""));
        for (TestNode node : nodes) {
            Files.createFile(node.log("dea"));
            node.start();
        }
        awaitSilence();
    }

    /** The packaged drains find no Redis here, which their cores say again and again. */
    private void awaitSilence() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drains()).isNotEmpty());
        drains().forEach(drain -> a().tree().delete(ConfigPath.DRAINS.child(drain)));
        for (TestNode node : nodes) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(zooKeeper.children(
                                    ConfigPath.STATUS.child(node.address()).toString()))
                            .isEmpty());
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        typed.forEach(Typed::close);
        for (TestNode node : nodes) {
            node.close();
        }
        zooKeeper.close();
    }

    private TestNode a() {
        return nodes.get(0);
    }

    private TestNode b() {
        return nodes.get(1);
    }

    private TestNode c() {
        return nodes.get(2);
    }

    /** A tail, to which all nodes send; the name of its drain is found by the one that is new. */
    private final class Tail {
        private final Typed command;
        private final String drain;

        private Tail(String... options) throws IOException {
            List<String> before = drains();
            command = Typed.start(
                    folder,
                    a(),
                    Stream.concat(Stream.of("log", "tail"), Stream.of(options)).toArray(String[]::new));
            typed.add(command);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(drains()).as(command.err()).hasSize(before.size() + 1));
            drain = drains().stream()
                    .filter(name -> !before.contains(name))
                    .findFirst()
                    .orElseThrow();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(connections(port())).hasSize(3));
        }

        private int port() {
            return Integer.parseInt(drain.replaceFirst(".*-", ""));
        }

        private void awaitLine(TestNode node, String text) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(command.out().lines())
                            .as("lines; stderr says: %s", command.err())
                            .containsOnlyOnce("dea@" + node.address() + ": " + text));
        }
    }

    private List<String> drains() {
        return zooKeeper.children(ConfigPath.DRAINS.toString());
    }

    private static void write(TestNode node, String text) throws IOException {
        Files.writeString(node.log("dea"), text + "\n", StandardOpenOption.APPEND);
    }

    /** The far ends of the connections that a port of this host has taken and that stand. */
    private static List<String> connections(int port) {
        String local = String.format(":%04X", port);
        List<String> found = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                lines.map(line -> line.strip().split("\\s+"))
                        .filter(fields -> fields[1].endsWith(local) && fields[3].equals(ESTABLISHED))
                        .forEach(fields -> found.add(fields[2]));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found.stream().sorted().toList();
    }

    private void awaitStatuses(String drain, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(nodes.stream()
                                .filter(node -> zooKeeper
                                        .children(ConfigPath.STATUS
                                                .child(node.address())
                                                .toString())
                                        .contains(drain)))
                        .hasSize(count));
    }

    /** What was written before somebody looked, and then what comes, each once. */
    @Test
    void beginsInThePast() throws Exception {
        var live = new Tail();
        for (TestNode node : nodes) {
            write(node, "before");
            live.awaitLine(node, "before");
        }

        var tail = new Tail("--since", "10m");
        for (TestNode node : nodes) {
            tail.awaitLine(node, "before");
            write(node, "after");
            tail.awaitLine(node, "after");
            tail.awaitLine(node, "before");
        }

        TimeUnit.SECONDS.sleep(1); // what comes in within the second in which a tail begins is not of its past
        var last = new Tail("--lines", "2");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(last.command.out().lines())
                        .as("of six lines; stderr says: %s", last.command.err())
                        .hasSize(2)
                        .allMatch(line -> line.endsWith(": before") || line.endsWith(": after")));
        for (TestNode node : nodes) {
            write(node, "live");
            last.awaitLine(node, "live");
        }
        assertThat(last.command.out().lines().filter(line -> !line.endsWith(": live")))
                .as("of six lines")
                .hasSize(2);
    }

    @Test
    void showsWhatAllNodesLogUntilItEnds() throws Exception {
        // 1. The entry appears, and three connections.
        var tail = new Tail();
        assertThat(tail.drain).matches("tmp\\.logyard-cli\\.127\\.0\\.0\\.1-7\\d\\d\\d");
        assertThat(new String(
                        zooKeeper
                                .data(ConfigPath.DRAINS.child(tail.drain).toString())
                                .orElseThrow(),
                        UTF_8))
                .isEqualTo("\"tcp://127.0.0.1:" + tail.port() + "?filter=systail&format=raw\"");
        awaitStatuses(tail.drain, 3);

        // 2. A line of C is shown once, with C's address.
        write(c(), "one");
        tail.awaitLine(c(), "one");

        // 3. Of one node only. 7. Two at a time: different ports, both complete.
        var ofB = new Tail("--node", b().address());
        var other = new Tail();
        assertThat(other.port()).isNotEqualTo(tail.port());
        for (TestNode node : nodes) {
            write(node, "two");
        }
        for (TestNode node : nodes) {
            tail.awaitLine(node, "two");
            other.awaitLine(node, "two");
        }
        write(b(), "three");
        ofB.awaitLine(b(), "three");
        tail.awaitLine(b(), "three");
        assertThat(ofB.command.out()).isEqualTo("dea@127.0.0.2: two\ndea@127.0.0.2: three\n"); // and of no other node

        // 4. The core of B is restarted: A and C go on, B returns, with what it logged meanwhile.
        b().stop("logyard");
        write(b(), "meanwhile");
        write(a(), "four");
        write(c(), "four");
        tail.awaitLine(a(), "four");
        tail.awaitLine(c(), "four");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tail.command.err()).contains("WARN: 127.0.0.2 has left the stream\n"));
        assertThat(connections(tail.port())).hasSize(2);
        b().start("logyard");
        tail.awaitLine(b(), "meanwhile");
        assertThat(tail.command.err()).contains("WARN: 127.0.0.2 is back in the stream after ");

        // 5. Ctrl-C: nothing is left.
        assertThat(tail.command.end("INT")).isEqualTo(1);
        assertThat(drains()).doesNotContain(tail.drain);
        assertThat(tail.command.err()).endsWith("\n\nDeleted drain " + tail.drain + "\n");
        awaitStatuses(tail.drain, 0);
        assertThat(connections(tail.port())).isEmpty();
        write(c(), "five");
        other.awaitLine(c(), "five");

        // 6. kill -9: the entry is gone when the session has timed out.
        other.command.end("KILL");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(drains()).containsExactly(ofB.drain));
        awaitStatuses(other.drain, 0);
    }

    /** 8. Nothing happens for long: still connected. */
    @Test
    void staysConnectedWhileNothingIsLogged() throws Exception {
        var tail = new Tail();
        List<String> before = connections(tail.port());

        await().pollDelay(SILENCE).atMost(SILENCE.plus(PATIENCE)).until(() -> true);

        assertThat(connections(tail.port())).isEqualTo(before);
        write(c(), "at last");
        tail.awaitLine(c(), "at last");
        assertThat(tail.command.err().lines()).hasSize(1);
    }

    @Test
    void saysWhatMayBeMissingWhenItsEntryWasLost() throws Exception {
        var tail = new Tail();
        write(c(), "before");
        tail.awaitLine(c(), "before");

        zooKeeper.expireSessions();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tail.command.err())
                        .contains("WARN: the drain was gone from ZooKeeper, and was made again: what the nodes logged")
                        .contains("WARN: Lost the connection to ZooKeeper"));
        assertThat(drains()).containsExactly(tail.drain);
        awaitStatuses(tail.drain, 3);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(connections(tail.port())).hasSize(3));
        write(c(), "after");
        tail.awaitLine(c(), "after");
    }
}
