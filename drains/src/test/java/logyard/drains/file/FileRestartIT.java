package logyard.drains.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainTypes;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.router.CursorNotes;
import logyard.core.router.Cursors;
import logyard.core.router.NamedFeeds;
import logyard.core.router.Router;
import logyard.core.supervision.Accounts;
import logyard.core.supervision.DrainSupervisor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that holds a file drain, with its journal and its cursor, ended and started again while events come in, every
 * other time by {@code kill -9}: 10 times, or as often as {@code -Dlogyard.restarts} says.
 */
class FileRestartIT {
    private static final Logger log = LoggerFactory.getLogger(FileRestartIT.class);
    private static final int RESTARTS = Integer.getInteger("logyard.restarts", 10);
    private static final String FILLING = "x".repeat(500);
    private static final Pattern EVENT = Pattern.compile("\\{\"n\":(\\d+),\"text\":\"" + FILLING + "\"}");

    @TempDir
    Path folder;

    private final BitSet stored = new BitSet();

    private Process start(int first, boolean isLast) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Core.class.getName(),
                        folder.toString(),
                        Integer.toString(first),
                        Boolean.toString(isLast))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("core.err").toFile()))
                .start();
    }

    /** Takes in events for a while, then ends as it is told; notes what its journal had. */
    private void run(int round, boolean kill, boolean isLast) throws Exception {
        Process core = start(stored.length(), isLast);
        try (BufferedReader said = core.inputReader(ISO_8859_1)) {
            String line = said.readLine();
            assertThat(line).as(() -> "the core's log: " + read("core.err")).isNotNull();
            long until = System.nanoTime() + (20 + round * 37L % 300) * 1_000_000;
            while (line != null) {
                if (line.matches("\\d+")) {
                    stored.set(Integer.parseInt(line));
                }
                if (System.nanoTime() - until > 0) {
                    if (kill) {
                        core.toHandle().destroyForcibly(); // which leaves what it said to be read
                    } else {
                        core.getOutputStream().close();
                    }
                    until = Long.MAX_VALUE;
                }
                line = said.readLine();
            }
        } finally {
            core.destroyForcibly();
        }
        assertThat(core.waitFor()).isEqualTo(kill ? 128 + 9 : 0);
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Timeout(3600)
    void losesNothing() throws Exception {
        for (int round = 0; round < RESTARTS; round++) {
            run(round, round % 2 == 1, false);
        }
        run(RESTARTS, false, true);

        var written = new BitSet();
        int repeats = 0;
        int broken = 0;
        for (String line : Files.readAllLines(folder.resolve("all.log"), ISO_8859_1)) {
            Matcher event = EVENT.matcher(line);
            if (event.matches()) {
                int number = Integer.parseInt(event.group(1));
                repeats += written.get(number) ? 1 : 0;
                written.set(number);
            } else {
                broken++;
            }
        }
        var lost = (BitSet) stored.clone();
        lost.andNot(written);
        log.info(
                "{} restarts, {} events, {} lost, {} repeated, {} broken lines",
                RESTARTS,
                stored.cardinality(),
                lost.cardinality(),
                repeats,
                broken);
        assertThat(stored.cardinality()).isGreaterThan(RESTARTS);
        assertThat(lost.cardinality())
                .as(() -> "lost " + lost + ", the core's log: " + read("core.err"))
                .isZero();
        assertThat(broken).as("lines cut off by a kill").isLessThanOrEqualTo(RESTARTS / 2);
    }

    /** What a core is made of, without a bus: prints the number of each event that its journal has. */
    static final class Core {
        private static final long BETWEEN_SAVES_MILLIS = 100;
        private static volatile boolean ended;

        public static void main(String[] args) throws Exception {
            var end = new Thread(Core::awaitEnd);
            end.setDaemon(true);
            end.start();
            Path folder = Path.of(args[0]);
            Journal journal = Journal.open(
                    JournalOptions.of(Files.createDirectories(folder.resolve("journal")), 1 << 30, 0),
                    Clock.systemUTC());
            Cursors cursors = Cursors.load(folder.resolve("cursors.json"));
            ExecutorService counting = Executors.newSingleThreadExecutor();
            var router = new Router(journal, 1 << 20, counting);
            var tree = new InMemoryConfigTree();
            tree.set(ConfigPath.LOGYARD, JsonNodeFactory.instance.objectNode().put("schema", 1));
            tree.set(ConfigPath.DRAINS.child("file"), TextNode.valueOf("file://" + folder.resolve("all.log")));
            var supervisor = new DrainSupervisor(
                    tree,
                    "10.0.0.5",
                    router,
                    new NamedFeeds(router, CursorNotes.none(cursors.saved()), entered -> {}),
                    journal.end(),
                    new DrainTypes(List.of(new FileDrainType())),
                    new DrainEnvironment(List.of(folder), () -> ""),
                    Clock.systemUTC());
            supervisor.awaitApplied(Duration.ofMinutes(1));
            save(journal, cursors, supervisor);
            var saving = Executors.newSingleThreadScheduledExecutor();
            saving.scheduleWithFixedDelay(
                    () -> save(journal, cursors, supervisor),
                    BETWEEN_SAVES_MILLIS,
                    BETWEEN_SAVES_MILLIS,
                    TimeUnit.MILLISECONDS);
            takeIn(Integer.parseInt(args[1]), journal, router);
            if (Boolean.parseBoolean(args[2])) {
                awaitNothingPending(supervisor);
            }
            supervisor.status().values().forEach(Accounts::balanced);
            supervisor.close();
            saving.shutdown();
            saving.awaitTermination(10, TimeUnit.SECONDS);
            save(journal, cursors, supervisor);
            counting.shutdown();
            journal.close();
        }

        private static void awaitNothingPending(DrainSupervisor supervisor) {
            await().until(() -> supervisor.status().get("file").cursor().pending() == 0);
        }

        /** Whoever started this process closes its standard input. */
        private static void awaitEnd() {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            ended = true;
        }

        private static void takeIn(int first, Journal journal, Router router) throws IOException {
            for (int n = first; !ended; n++) {
                byte[] event = ("systail.n.1 {\"n\":" + n + ",\"text\":\"" + FILLING + "\"}").getBytes(ISO_8859_1);
                router.route(journal.append(event), event);
                journal.flush();
                router.wake();
                System.out.println(n);
                LockSupport.parkNanos(20_000);
            }
        }

        private static void save(Journal journal, Cursors cursors, DrainSupervisor supervisor) {
            try {
                var now = supervisor.cursors();
                journal.sync();
                cursors.save(now, cursors.savedSubscribers());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
