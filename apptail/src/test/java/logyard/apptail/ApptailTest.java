package logyard.apptail;

import static logyard.apptail.ApptailNode.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import logyard.config.ConfigPath;
import logyard.core.tail.DeletedTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** apptail and a core in this process; NATS and the files are real. */
@Timeout(120)
class ApptailTest {
    private static final ConfigPath PROCESSES = ConfigPath.RUNNING.child("10.0.0.5");

    @TempDir
    Path folder;

    private ApptailNode node;
    private Path root;

    @BeforeEach
    void start() throws Exception {
        node = ApptailNode.start(folder);
        root = node.container("one");
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private Path log(String name) {
        return root.resolve("home/stackato/logs").resolve(name);
    }

    private void environment(String logFiles) throws IOException {
        Files.writeString(
                root.resolve("home/stackato/etc/droplet.env.json"),
                "{\"HOME\":\"/home/stackato\",\"STACKATO_LOG_FILES\":\"" + logFiles + "\"}");
    }

    @Test
    void isListedForAsLongAsItRuns() throws IOException {
        assertThat(node.tree.children(PROCESSES)).containsOnlyKeys("apptail", "logyard");
        assertThat(node.tree.children(PROCESSES).get("apptail").path("pid").asLong())
                .isEqualTo(ProcessHandle.current().pid());

        await().untilAsserted(() -> assertThat(node.tree
                        .children(PROCESSES)
                        .get("apptail")
                        .path("state")
                        .asText())
                .as("it has subscribed")
                .isEqualTo("RUNNING"));

        node.stopApptail();

        assertThat(node.tree.children(PROCESSES)).containsOnlyKeys("logyard");
    }

    @Test
    void startsWithSettingsThatCannotBeUsed() throws IOException {
        node.stopApptail();
        node.tree.set(ConfigPath.APPTAIL.child("max_record_size"), IntNode.valueOf(-1));

        node.startApptail();

        assertThat(node.tree.children(PROCESSES)).containsKey("apptail");
    }

    /** The worked example of spec 05 §13. */
    @Test
    void followsWhatTheEnvironmentOfTheInstanceNames() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        append(root.resolve("etc/passwd"), "own:x\n");
        append(log("stdout.log"), "out 1\n");
        append(log("stderr.log"), "");
        environment("stdout=/home/stackato/logs/stdout.log:stderr=/home/stackato/logs/stderr.log"
                + ":prod=logs/prod.log:bad=../../etc/passwd");

        node.dea.start(node.announcement("one", ""));
        node.awaitReceives("app/stdout:out 1");
        append(log("stderr.log"), "err 1\n");

        node.awaitReceived(
                "stackato[apptail.0]/:WARN -- Ignoring missing/inaccessible path logs/prod.log until that changes",
                "app/bad:own:x",
                "app/stdout:out 1",
                "app/stderr:err 1");
    }

    @Test
    void followsAFileThatComesLate() throws IOException {
        environment("prod=logs/prod.log");
        node.dea.start(node.announcement("one", ""));
        String warning =
                "stackato[apptail.0]/:WARN -- Ignoring missing/inaccessible path logs/prod.log until that changes";
        String none = "stackato[apptail.0]/:ERROR -- No valid log files";
        node.awaitReceived(warning, none);

        append(log("prod.log"), "late\n");

        node.awaitReceived(warning, none, "app/prod:late");
    }

    @Test
    void saysOnceThatALogCannotBeReadAnyMore() throws Exception {
        append(log("out.log"), "before\n");
        environment("out=logs/out.log");
        node.dea.start(node.announcement("one", ""));
        node.awaitReceived("app/out:before");

        String[] received = {
            "app/out:before", "stackato[apptail.0]/:ERROR -- Cannot read out any more, trying again and again"
        };
        for (int i = 0; i < 3; i++) {
            Files.delete(log("out.log"));
            assertThat(new ProcessBuilder("mkfifo", log("out.log").toString())
                            .start()
                            .waitFor())
                    .isZero();
            node.awaitReceived(received);
            Files.delete(log("out.log"));
            append(log("out.log"), "after " + i + "\n");
            received = Arrays.copyOf(received, received.length + 1);
            received[received.length - 1] = "app/out:after " + i;
            node.awaitReceived(received);
        }
    }

    @Test
    void followsAnInstanceInTheWordsOf2013() throws IOException {
        append(log("stdout.log"), "old\n");

        node.dea.start(
                "{\"appid\":7,\"appname\":\"env\",\"group\":\"dev\",\"type\":\"app\",\"index\":0,\"logfiles\":[\""
                        + log("stdout.log") + "\"]}");

        node.awaitReceived("app/stdout.log:old");
    }

    @Test
    void twoAnnouncementsOfAnInstanceGiveEachLineOnce() throws IOException {
        environment("stdout=logs/stdout.log");
        append(log("stdout.log"), "one\n");
        String announcement = node.announcement("one", "");

        node.dea.start(announcement);
        node.dea.say(announcement);
        node.awaitReceives("app/stdout:one");
        node.dea.say(announcement);
        append(log("stdout.log"), "two\n");
        node.awaitReceives("app/stdout:two");

        await().untilAsserted(() ->
                assertThat(node.apptail().counts().repeatedAnnouncements()).isEqualTo(2));
        node.awaitReceived("app/stdout:one", "app/stdout:two");
    }

    @Test
    void readsARotatedFileToItsEnd() throws IOException {
        environment("stdout=logs/stdout.log");
        append(log("stdout.log"), "1\n");
        node.dea.start(node.announcement("one", ""));
        node.awaitReceived("app/stdout:1");

        append(log("stdout.log"), "2\n");
        Files.move(log("stdout.log"), log("stdout.log.1"));
        append(log("stdout.log"), "3\n");
        append(log("stdout.log.1"), "2b\n");

        node.awaitReceived("app/stdout:1", "app/stdout:2", "app/stdout:2b", "app/stdout:3");
    }

    /** What was rotated is known by its name, however many other files the tenant puts beside it. */
    @Test
    void findsWhatWasRotatedMeanwhileInAFolderOfThousands() throws IOException {
        node.dea.start(node.announcement("one", ",\"LogFiles\":{\"out\":\"logs/out.log\"}"));
        append(log("out.log"), "a\n");
        node.awaitReceives("app/out:a");
        for (int i = 0; i < 3000; i++) {
            Files.createFile(log("other" + i));
        }
        node.stopApptail();
        for (String rotated : List.of("b.3", "c.2", "d.1")) {
            append(log("out.log"), rotated.charAt(0) + "\n");
            Files.move(log("out.log"), log("out.log" + rotated.substring(1)));
        }
        append(log("out.log"), "e\n");

        node.startApptail();

        node.awaitReceives("app/out:a", "app/out:b", "app/out:c", "app/out:d", "app/out:e");
        assertThat(node.received().stream().filter(line -> line.startsWith("app/out:")))
                .hasSize(5);
    }

    @Test
    void showsNobodyThePasswordOfNats() {
        var logged = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("logyard.apptail");
        logged.start();
        logger.addAppender(logged);
        try {
            node.tree.set(ConfigPath.MBUS, TextNode.valueOf("nats://u:CANARY@127.0.0.1:1,tls://u:CANARY@127.0.0.1:1"));

            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(messages(logged)).contains("Cannot hear of instances"));
            assertThat(messages(logged)).doesNotContain("CANARY").contains("127.0.0.1:1");
        } finally {
            logger.detachAppender(logged);
        }
    }

    private static String messages(ListAppender<ILoggingEvent> logged) {
        return List.copyOf(logged.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void goesOnAfterARestartWithWhatWasWrittenMeanwhile() throws IOException {
        environment("stdout=logs/stdout.log");
        append(log("stdout.log"), "1\n");
        node.dea.start(node.announcement("one", ""));
        node.awaitReceived("app/stdout:1");
        node.stopApptail();
        append(log("stdout.log"), "2\n");

        node.startApptail();

        node.awaitReceived("app/stdout:1", "app/stdout:2");
    }

    @Test
    void goesOnAfterARestartAlsoIfNobodyAnnouncesTheInstanceAgain() throws Exception {
        environment("stdout=logs/stdout.log");
        append(log("stdout.log"), "1\n");
        node.dea.start(node.announcement("one", ""));
        node.awaitReceived("app/stdout:1");
        node.stopApptail();
        node.nats.kill();
        append(log("stdout.log"), "2\n");

        node.startApptail();

        node.awaitReceived("app/stdout:1", "app/stdout:2");
    }

    @Test
    void readsAnInstanceToItsEndWhenItsDirectoryIsGone() throws IOException {
        environment("stdout=logs/stdout.log");
        append(log("stdout.log"), "1\n");
        node.dea.start(node.announcement("one", ""));
        node.awaitReceived("app/stdout:1");

        append(log("stdout.log"), "2\nthe end, without LF");
        DeletedTree.delete(root);

        node.awaitReceived("app/stdout:1", "app/stdout:2", "app/stdout:the end, without LF");
        await().untilAsserted(() ->
                assertThat(node.apptail().counts().endedInstances()).isEqualTo(1));
    }

    @Test
    void readsAnInstanceToItsEndWhenItIsStopped() throws IOException {
        environment("stdout=logs/stdout.log");
        append(log("stdout.log"), "1\n");
        String announcement = node.announcement("one", "");
        node.dea.start(announcement);
        node.awaitReceived("app/stdout:1");
        node.dea.forget(announcement);

        append(log("stdout.log"), "2\n");
        node.dea.publish("stopinstance", "{\"docker_id\":\"000000000one\"}".getBytes(StandardCharsets.UTF_8));

        await().untilAsserted(() ->
                assertThat(node.apptail().counts().endedInstances()).isEqualTo(1));
        append(log("stdout.log"), "3\n");
        node.stopApptail();
        node.startApptail();
        node.awaitReceived("app/stdout:1", "app/stdout:2");
    }

    /** A DEA may list what has ended until it is removed. */
    @Test
    void repeatsNothingOfAnInstanceThatIsAnnouncedAfterItsEnd() throws IOException {
        node.stopApptail();
        node.linger = Duration.ofMinutes(10);
        node.startApptail();
        node.awaitAsked(2);
        environment("stdout=logs/stdout.log");
        String announcement = node.announcement("one", "");
        node.dea.start(announcement);

        for (int i = 1; i <= 5; i++) {
            append(log("stdout.log"), i + "\n");
            node.awaitReceives("app/stdout:" + i);
            node.dea.publish("stopinstance", "{\"docker_id\":\"000000000one\"}".getBytes(StandardCharsets.UTF_8));
            node.dea.say(announcement);
        }
        node.stopApptail();
        append(log("stdout.log"), "6\n");
        node.startApptail();

        node.awaitReceived(
                "app/stdout:1", "app/stdout:2", "app/stdout:3", "app/stdout:4", "app/stdout:5", "app/stdout:6");
        DeletedTree.delete(root);
        await().untilAsserted(() ->
                assertThat(node.apptail().counts().endedInstances()).isEqualTo(1));
    }

    @Test
    void cutsLinesAtTheSizeInForce() throws IOException {
        environment("stdout=logs/stdout.log");
        append(log("stdout.log"), "x".repeat(951) + "\n");
        node.dea.start(node.announcement("one", ""));
        node.awaitReceived("app/stdout:" + "x".repeat(950), "app/stdout:x");

        node.setting("max_record_size", 10);

        await().untilAsserted(() -> {
            append(log("stdout.log"), "0123456789abcdef\n");
            assertThat(node.received()).containsSequence("app/stdout:0123456789", "app/stdout:abcdef");
        });
    }

    @Test
    void readsTheEndOfALargeFileAndSaysSo() throws IOException {
        node.setting("read_limit", 1);
        environment("stdout=logs/stdout.log");
        append(log("stdout.log"), ("0123456789".repeat(10) + "\n").repeat(20_000) + "end\n");
        int size = 101 * 20_000 + 4;
        node.setting("max_lines_burst", 65535);

        node.dea.start(node.announcement("one", ""));

        node.awaitReceives(
                "app/stdout:end",
                "stackato[apptail.0]/:WARN -- Skipping " + (size - (1 << 20))
                        + " bytes of the large log file stdout, of which at most the last 1048576 bytes are read");
        assertThat(node.received()).hasSize(2 + ((1 << 20) - 4) / 101);
    }

    @Test
    void aBusyLogRestsAndSaysExactlyWhatIsLeftOut() throws IOException {
        node.setting("max_lines_burst", 100);
        node.setting("max_lines_per_second", 1);
        environment("stdout=logs/stdout.log");
        String lines =
                IntStream.range(0, 5000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
        append(log("stdout.log"), lines);

        node.dea.start(node.announcement("one", ""));

        await().untilAsserted(() -> assertThat(node.received())
                .anyMatch(line -> line.startsWith("stackato[apptail]/:WARN -- Too much log activity in stdout")));
        long published = node.received().stream()
                .filter(line -> line.startsWith("app/stdout:"))
                .count();
        long bytes = lines.lines()
                .skip(published)
                .mapToLong(line -> line.length() + 1)
                .sum();
        assertThat(published).isBetween(100L, 110L);
        assertThat(node.received())
                .last()
                .isEqualTo(
                        "stackato[apptail]/:WARN -- Too much log activity in stdout: waited one second, and left out "
                                + (5000 - published) + " lines (" + bytes + " bytes)");
    }

    @Test
    void messagesThatAreNoAnnouncementsHarmNobody() throws IOException {
        environment("stdout=logs/stdout.log");
        append(log("stdout.log"), "fine\n");
        String announcement = node.announcement("one", "");

        node.dea.say("");
        node.dea.say("[]");
        node.dea.say("{");
        node.dea.say("[".repeat(50_000));
        node.dea.say(announcement.replace("\"Index\":0", "\"Index\":-1"));
        node.dea.say(announcement.replace("guid-one", "a b"));
        node.dea.say(announcement.replace("000000000one0123456789", "short"));
        node.dea.publish("stopinstance", new byte[] {(byte) 0xff, 0});
        node.dea.say(announcement.replace(root.toString(), "/etc"));
        node.dea.start(announcement);

        node.awaitReceived("app/stdout:fine");
        assertThat(node.apptail().counts().malformedMessages()).isEqualTo(8);
        assertThat(node.apptail().counts().refusedAnnouncements()).isEqualTo(1);
    }

    @Test
    void theClustersNameIsInWhatApptailSays() throws IOException {
        node.tree.set(ConfigPath.parse("/proc/cloud_controller/config/info/name"), TextNode.valueOf("helion"));

        node.dea.start(node.announcement("one", ""));

        await().untilAsserted(() ->
                assertThat(node.received()).containsExactly("helion[apptail.0]/:ERROR -- No valid log files"));
    }
}
