package logyard.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logyard.config.ConfigPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemons of the distribution beside a busy application, and beside many that say nothing. What is measured is printed;
 * {@code -Dlogyard.busy.seconds=60} and {@code -Dlogyard.idle.seconds=60} for figures worth reading.
 */
@Timeout(600)
class BusyApplicationIT {
    private static final int BUSY_SECONDS = Integer.getInteger("logyard.busy.seconds", 2);
    private static final int IDLE_SECONDS = Integer.getInteger("logyard.idle.seconds", 0);
    private static final int BYTES_PER_SECOND = 50_000_000;
    private static final int LINE_BYTES = 200;
    private static final Pattern LEFT_OUT = Pattern.compile("left out (\\d+) lines \\((\\d+) bytes\\)");
    private static final Pattern SENT = Pattern.compile("sent at (\\d+) ns");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private TestNode node;
    private Connection nats;

    @BeforeEach
    void start() throws Exception {
        folder = folder.toRealPath();
        node = TestNode.create(folder, "auth");
        open.add(node);
        String uri = natsServer();
        Files.writeString(folder.resolve("uid"), "u");
        Files.write(
                node.conf(),
                List.of(
                        "apptail.nats=" + uri,
                        "apptail.uid_file=" + folder.resolve("uid"),
                        "apptail.allowed_roots=" + folder),
                StandardOpenOption.APPEND);
        node.start();
        node.start("apptail");
    }

    @AfterEach
    void stop() throws Exception {
        Collections.reverse(open);
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private String natsServer() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process server = new ProcessBuilder("nats-server", "-a", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        open.add(() -> server.destroyForcibly().waitFor());
        String uri = "nats://127.0.0.1:" + port;
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> nats = Nats.connect(uri));
        open.add(nats);
        return uri;
    }

    /** Takes lines at a port of its own. */
    private int target(Consumer<String> to) throws IOException {
        var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        open.add(server);
        var thread = new Thread(
                () -> {
                    while (!server.isClosed()) {
                        try (Socket connection = server.accept();
                                var lines =
                                        new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8))) {
                            lines.lines().forEach(to);
                        } catch (IOException | RuntimeException e) {
                            // the end of a connection
                        }
                    }
                },
                "target");
        thread.setDaemon(true);
        thread.start();
        return server.getLocalPort();
    }

    private Path announce(String name, String... logs) throws IOException {
        Path directory = Files.createDirectories(
                folder.resolve("containers").resolve(name).resolve("home/stackato"));
        var files = new ArrayList<String>();
        for (String log : logs) {
            Files.createFile(directory.resolve(log));
            files.add("\"" + log + "\":\"" + log + "\"");
        }
        nats.publish(
                "logyard.u.newinstance",
                ("{\"AppGUID\":\"" + name + "\",\"AppName\":\"a\",\"RootPath\":\""
                                + folder.resolve("containers").resolve(name) + "\",\"LogFiles\":{"
                                + String.join(",", files) + "}}")
                        .getBytes(UTF_8));
        return directory;
    }

    @Test
    void doesNotHoldUpALogOfTheSystemAndWhatIsLeftOutOfItIsKnownExactly() throws Exception {
        List<Long> delays = Collections.synchronizedList(new ArrayList<>());
        int quiet = target(line -> {
            Matcher sent = SENT.matcher(line);
            if (sent.find()) {
                delays.add(System.nanoTime() - Long.parseLong(sent.group(1)));
            }
        });
        var delivered = new LongAdder();
        var leftOut = new LongAdder();
        var leftOutBytes = new LongAdder();
        int busy = target(line -> {
            Matcher notice = LEFT_OUT.matcher(line);
            if (notice.find()) {
                leftOut.add(Long.parseLong(notice.group(1)));
                leftOutBytes.add(Long.parseLong(notice.group(2)));
            } else if (line.contains("\"source\":\"app\"")) {
                delivered.increment();
            }
        });
        node.drain("quiet", "tcp://127.0.0.1:" + quiet + "?filter=systail.auth&format=raw", "RUNNING");
        node.drain("busy", "tcp://127.0.0.1:" + busy + "?filter=apptail&format=raw", "RUNNING");
        Path log = announce("busy", "stdout").resolve("stdout");
        Files.writeString(log, "x".repeat(LINE_BYTES - 1) + "\n", StandardOpenOption.APPEND);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(delivered.sum()).isEqualTo(1));

        CompletableFuture<Long> writing = CompletableFuture.supplyAsync(() -> writeMuch(log));
        int lines = 0;
        while (!writing.isDone()) {
            Files.writeString(node.log("auth"), "sent at " + System.nanoTime() + " ns\n", StandardOpenOption.APPEND);
            lines++;
            TimeUnit.MILLISECONDS.sleep(20);
        }
        long written = writing.get() + 1;

        int all = lines;
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(delays).hasSize(all));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(delivered.sum() + leftOut.sum()).isEqualTo(written));
        assertThat(leftOutBytes.sum()).isEqualTo(leftOut.sum() * LINE_BYTES);
        List<Long> sorted = delays.stream().sorted().toList();
        System.out.printf(
                "busy application: %d lines in %d s, %d left out; quiet line: %d of them, median %d ms, p99 %d ms, most %d ms%n",
                written,
                BUSY_SECONDS,
                leftOut.sum(),
                all,
                sorted.get(all / 2) / 1_000_000,
                sorted.get(all * 99 / 100) / 1_000_000,
                sorted.get(all - 1) / 1_000_000);
    }

    /** How many lines it wrote. */
    private static long writeMuch(Path log) {
        byte[] block = ("y".repeat(LINE_BYTES - 1) + "\n").repeat(2500).getBytes(UTF_8);
        long start = System.nanoTime();
        long written = 0;
        try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
            while (written < (long) BYTES_PER_SECOND * BUSY_SECONDS) {
                out.write(block);
                written += block.length;
                long due = start + written * 1_000_000_000L / BYTES_PER_SECOND;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return written / LINE_BYTES;
    }

    @Test
    @EnabledIfSystemProperty(named = "logyard.idle.seconds", matches = "\\d+")
    void manyThatSayNothingCostLittle() throws Exception {
        var delivered = new LongAdder();
        int target = target(line -> delivered.increment());
        node.drain("all", "tcp://127.0.0.1:" + target + "?filter=apptail&format=raw", "RUNNING");
        for (int i = 0; i < 200; i++) {
            Path directory = announce("idle" + i, "stdout", "stderr");
            Files.writeString(directory.resolve("stdout"), "begin\n", StandardOpenOption.APPEND);
            Files.writeString(directory.resolve("stderr"), "begin\n", StandardOpenOption.APPEND);
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(delivered.sum()).isEqualTo(400));
        TimeUnit.SECONDS.sleep(IDLE_SECONDS); // until Java has compiled what it will

        long pid = node.tree()
                .children(ConfigPath.RUNNING.child(TestNode.ADDRESS))
                .get("apptail")
                .path("pid")
                .asLong();
        long before = ticks(pid);
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        long used = ticks(pid) - before;

        String memory = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElseThrow();
        System.out.printf(
                "idle: %.2f %% of a processor in %d s, %s%n", (double) used / IDLE_SECONDS, IDLE_SECONDS, memory);
        assertThat(used).as("hundredths of a second in %s s", IDLE_SECONDS).isLessThan(2L * IDLE_SECONDS);
    }

    /** Processor time, in hundredths of a second. */
    private static long ticks(long pid) throws IOException {
        String[] stat = Files.readString(Path.of("/proc/" + pid + "/stat"))
                .split("\\) ", 2)[1]
                .split(" ");
        return Long.parseLong(stat[11]) + Long.parseLong(stat[12]);
    }
}
