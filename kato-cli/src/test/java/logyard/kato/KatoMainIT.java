package logyard.kato;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.zookeeper.TestZooKeeper;
import logyard.core.drain.DrainUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** kato as operators run it, with a real ZooKeeper; the test is the nodes. */
class KatoMainIT {
    private static final String DRAINS = ConfigPath.DRAINS.toString();
    private static final String EVENT =
            "systail.dea.10.0.0.7 {\"name\":\"dea\",\"text\":\"Ready\",\"node_id\":\"10.0.0.7\"}\n";

    @TempDir
    private Path folder;

    private final TestZooKeeper zooKeeper = TestZooKeeper.stopped();
    private final List<ChildProcess> started = new ArrayList<>();

    @BeforeEach
    void startZooKeeper() {
        zooKeeper.start();
    }

    @AfterEach
    void stopAll() {
        started.forEach(ChildProcess::close);
        zooKeeper.close();
    }

    private String[] arguments(String... command) {
        return Stream.concat(
                        Stream.of(
                                "--set", "zk.connect=" + zooKeeper.connect(),
                                "--set", "zk.acl=open",
                                "--set", "node.ip=127.0.0.1"),
                        Stream.of(command))
                .toArray(String[]::new);
    }

    private ChildProcess kato(String... command) {
        var process = ChildProcess.start(folder, KatoMain.class, Map.of(), arguments(command));
        started.add(process);
        return process;
    }

    private List<String> awaitDrains(int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(zooKeeper.children(DRAINS)).hasSize(count));
        return zooKeeper.children(DRAINS);
    }

    private Socket connectAsNode(String drain) throws IOException {
        String uri = new String(zooKeeper.data(DRAINS + "/" + drain).orElseThrow(), UTF_8).replace("\"", "");
        String[] target = DrainUri.parse(uri).host().split(":");
        return new Socket(target[0], Integer.parseInt(target[1]));
    }

    private static void send(Socket node) throws IOException {
        node.getOutputStream().write(EVENT.getBytes(UTF_8));
    }

    private static void awaitOutput(ChildProcess process, String output) {
        await().untilAsserted(() -> assertThat(process.out()).isEqualTo(output));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void leavesNothingBehindWhenItIsToldToEnd(String signal) throws Exception {
        ChildProcess tail = kato("log", "tail");
        String drain = awaitDrains(1).get(0);

        try (Socket node = connectAsNode(drain)) {
            send(node);
            awaitOutput(tail, "dea@10.0.0.7: Ready\n");
            tail.signal(signal);
        }

        assertThat(tail.awaitEnd()).isEqualTo(1);
        assertThat(zooKeeper.children(DRAINS)).isEmpty();
        assertThat(tail.out()).isEqualTo("dea@10.0.0.7: Ready\n");
        assertThat(tail.err())
                .startsWith("Added drain tcp://127.0.0.1:7")
                .endsWith("\n\nDeleted drain " + drain + "\n");
    }

    @Test
    void leavesNothingBehindWhenItIsKilled() throws Exception {
        ChildProcess tail = kato("log", "tail");
        awaitDrains(1);

        tail.signal("KILL");

        tail.awaitEnd();
        awaitDrains(0); // when the session has timed out, after 10 s
    }

    @Test
    void leavesNothingBehindWhenItsPipeIsClosed() throws Exception {
        List<String> tail = ChildProcess.command(KatoMain.class, List.of(), arguments("log", "tail"));
        List<String> pipeline = new ArrayList<>(List.of("sh", "-c", "\"$@\" | head -1", "sh"));
        pipeline.addAll(tail);
        ChildProcess process = ChildProcess.start(folder, pipeline, Map.of());
        started.add(process);
        String drain = awaitDrains(1).get(0);

        try (Socket node = connectAsNode(drain)) {
            send(node);
            awaitOutput(process, "dea@10.0.0.7: Ready\n");
            await().until(
                            () -> { // as with any pipe, it is a line after the reader has ended that cannot be written
                                try {
                                    send(node);
                                } catch (IOException e) {
                                    assertThat(e).isInstanceOf(SocketException.class); // kato has ended
                                }
                                return !process.isRunning();
                            });
        }

        assertThat(process.awaitEnd()).isZero();
        awaitDrains(0);
        assertThat(process.err()).doesNotContain("Broken pipe").doesNotContain("Exception");
    }

    private ChildProcess throughShell(String redirected, Class<?> main, String... command) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", redirected, "sh"));
        words.addAll(ChildProcess.command(main, List.of(), command));
        ChildProcess process = ChildProcess.start(folder, words, Map.of());
        started.add(process);
        return process;
    }

    @ParameterizedTest
    @CsvSource({
        "'\"$@\" > /dev/full',     1, No space left on device",
        "'\"$@\" >&-',             1, Bad file descriptor",
        "'{ \"$@\"; echo $? >&2; } | :', 0, ''"
    })
    void failsIfItsOutputCannotBeWrittenUnlessNobodyReadsIt(String redirected, int status, String error)
            throws Exception {
        ChildProcess get = throughShell(redirected, KatoMain.class, arguments("config", "get", "local"));

        assertThat(get.awaitEnd()).isEqualTo(status);
        assertThat(get.out()).isEmpty();
        assertThat(get.err())
                .isEqualTo(error.isEmpty() ? "0\n" : "ERROR: the output cannot be written: " + error + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "journal inspect --help", "list -h"})
    void failsIfTheOutputOfTheOtherCommandLineCannotBeWritten(String command) throws Exception {
        ChildProcess help = throughShell("\"$@\" > /dev/full", LogyardCliMain.class, command.split(" "));

        assertThat(help.awaitEnd()).isEqualTo(1);
        assertThat(help.err()).isEqualTo("ERROR: the output cannot be written: No space left on device\n");
    }

    @Test
    void showsTheSameToTwoAtATime() throws Exception {
        ChildProcess one = kato("log", "tail");
        ChildProcess other = kato("log", "tail");

        List<String> drains = awaitDrains(2);
        for (String drain : drains) {
            try (Socket node = connectAsNode(drain)) {
                send(node);
                await().untilAsserted(() -> assertThat(one.out() + other.out()).isNotEmpty());
            }
        }

        awaitOutput(one, "dea@10.0.0.7: Ready\n");
        awaitOutput(other, "dea@10.0.0.7: Ready\n");
        one.signal("INT");
        one.awaitEnd();
        assertThat(awaitDrains(1)).isSubsetOf(drains);
        assertThat(other.isRunning()).isTrue();
    }

    @Test
    void keepsShowingLinesWhileZooKeeperIsAway() throws Exception {
        ChildProcess tail = kato("log", "tail");
        String drain = awaitDrains(1).get(0);

        try (Socket node = connectAsNode(drain)) {
            send(node);
            awaitOutput(tail, "dea@10.0.0.7: Ready\n");
            zooKeeper.stop();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(tail.err()).contains("WARN: Lost the connection to ZooKeeper"));
            send(node);
            awaitOutput(tail, "dea@10.0.0.7: Ready\ndea@10.0.0.7: Ready\n");
            zooKeeper.start();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(tail.err()).contains("WARN: ZooKeeper can be reached again, after "));
            send(node);
            awaitOutput(tail, "dea@10.0.0.7: Ready\n".repeat(3));
        }
        assertThat(tail.err().split("Lost the connection", -1)).hasSize(2);
    }

    @Test
    void makesItsDrainAgainWhenItsSessionWasLost() throws Exception {
        ChildProcess tail = kato("log", "tail");
        String drain = awaitDrains(1).get(0);

        zooKeeper.expireSessions();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(tail.err())
                        .containsPattern(
                                "WARN: the drain was gone from ZooKeeper, and was made again: what the nodes logged"
                                        + " .* may be missing\n"));
        assertThat(awaitDrains(1)).containsExactly(drain);
        tail.signal("TERM");
        assertThat(tail.awaitEnd()).isEqualTo(1);
        assertThat(zooKeeper.children(DRAINS)).isEmpty();
    }

    @Test
    void addsAllDrainsThatSeveralOperatorsAddAtOnce() throws Exception {
        ExecutorService operators = Executors.newFixedThreadPool(5);
        List<Callable<Integer>> commands = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String name = "drain" + i;
            commands.add(() -> {
                var add = ChildProcess.start(
                        folder,
                        KatoMain.class,
                        Map.of(),
                        arguments("log", "drain", "add", "-f", "json", name, "tcp://h:1"));
                return add.awaitEnd();
            });
        }

        for (Future<Integer> status : operators.invokeAll(commands)) {
            assertThat(status.get()).isZero();
        }
        operators.shutdown();

        assertThat(zooKeeper.children(DRAINS)).hasSize(10);
        ChildProcess list = kato("log", "drain", "list");
        assertThat(list.awaitEnd()).isZero();
        assertThat(list.out()).startsWith("drain0              \ttcp://h:1?filter=systail&format=json\n");
        assertThat(list.out().lines()).hasSize(10);
        assertThat(list.err()).isEmpty();
    }

    @Test
    void saysThatItCannotReachZooKeeperWithin10Seconds() throws Exception {
        zooKeeper.stop();

        ChildProcess list = kato("log", "drain", "list");

        assertThat(list.awaitEnd()).isEqualTo(1);
        assertThat(list.out()).isEmpty();
        assertThat(list.err())
                .contains("ERROR: Cannot list /proc/logyard/config/drains in ZooKeeper at " + zooKeeper.connect()
                        + ": no answer within 10 s. Does ZooKeeper run there?");
        assertThat(list.err()).doesNotContain("\tat ");
    }

    @Test
    void helpsWithoutStartingWhatItNeedsForOtherThings() throws Exception {
        Path loaded = folder.resolve("classes.txt");
        var help = ChildProcess.start(
                folder,
                ChildProcess.command(
                        KatoMain.class, List.of("-Xlog:class+load:file=" + loaded), "log", "drain", "add", "--help"),
                Map.of());
        started.add(help);

        assertThat(help.awaitEnd()).isZero();
        assertThat(help.out()).startsWith("Usage: kato log drain add");
        assertThat(help.err()).isEmpty();
        assertThat(Files.readString(loaded))
                .contains("picocli")
                .doesNotContain(
                        "org.apache.zookeeper", "org.apache.curator", "ch.qos.logback", "org.zeromq", "io.netty");
    }
}
