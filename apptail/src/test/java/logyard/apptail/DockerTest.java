package logyard.apptail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static logyard.apptail.ApptailNode.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logyard.apptail.docker.StubDocker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** apptail and a core in this process, with a daemon that speaks Docker's API on a Unix socket. */
@Timeout(180)
class DockerTest {
    private static final String ID = "4f1c9d0e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OUT = 1;
    private static final int ERR = 2;

    @TempDir
    Path folder;

    private StubDocker docker;
    private ApptailNode node;
    private String announcement;

    @BeforeEach
    void start() throws Exception {
        docker = new StubDocker().listen();
        docker.run(ID, false);
        node = ApptailNode.start(folder, docker.url());
        announcement = announcement("{\"stdout\":\"\",\"stderr\":\"\"}");
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
        docker.close();
    }

    private String announcement(String logs) throws Exception {
        return "{\"AppGUID\":\"g\",\"AppName\":\"env\",\"Type\":\"app\",\"Index\":0,\"docker_id\":\"" + ID
                + "\",\"RootPath\":\"" + node.containers.resolve("c") + "\",\"LogFiles\":" + logs
                + ",\"docker_streams\":true}";
    }

    private void awaitEnded() {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(node.apptail().counts().endedInstances()).isEqualTo(1));
    }

    private void awaitRequest(String begin) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(docker.requests()).anyMatch(path -> path.startsWith(begin)));
    }

    @Test
    void readsBothStreamsAndWhatTheyBeginWithIsNotTheirTime() throws Exception {
        docker.log(ID, OUT, "before\n");
        node.dea.start(announcement);
        node.awaitReceived("app/stdout:before");

        docker.log(ID, ERR, "2023-11-14T22:13:20Z own time\r\n");
        docker.log(ID, OUT, "a long line in ");
        docker.log(ID, ERR, "\n");
        docker.again(ID, OUT, "two parts\n");
        docker.log(ID, OUT, "x".repeat(951) + "\n");

        node.awaitReceived(
                "app/stdout:before",
                "app/stderr:2023-11-14T22:13:20Z own time",
                "app/stdout:a long line in two parts",
                "app/stderr:",
                "app/stdout:" + "x".repeat(950),
                "app/stdout:x");
    }

    @Test
    void aTerminalHasNoFrames() throws Exception {
        docker.run(ID, true);
        docker.log(ID, OUT, "one\r\n");
        node.dea.start(announcement);
        docker.log(ID, OUT, "two\r\n");

        node.awaitReceived("app/stdout:one", "app/stdout:two");
    }

    @Test
    void aBrokenConnectionLosesNothingAndRepeatsNothing() throws Exception {
        node.dea.start(announcement);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int stream = i % 3 == 0 ? ERR : OUT;
            if (i % 4 == 0) {
                docker.log(ID, stream, i + "\n");
            } else {
                docker.again(ID, stream, i + "\n");
            }
            expected.add((stream == ERR ? "app/stderr:" : "app/stdout:") + i);
            if (i % 133 == 100) {
                node.awaitReceives(expected.get(i));
                docker.cut();
            }
        }

        node.awaitReceived(expected.toArray(String[]::new));
        for (String stream : List.of("app/stdout:", "app/stderr:")) {
            assertThat(linesOf(stream))
                    .isEqualTo(expected.stream()
                            .filter(line -> line.startsWith(stream))
                            .toList());
        }
    }

    @Test
    void aRestartGoesOnWhereTheTimesTell() throws Exception {
        docker.log(ID, OUT, "1\n");
        docker.again(ID, OUT, "2\n");
        node.dea.start(announcement);
        node.awaitReceived("app/stdout:1", "app/stdout:2");
        node.stopApptail();
        docker.again(ID, OUT, "3\n");
        docker.log(ID, ERR, "4\n");

        node.startApptail();

        node.awaitReceived("app/stdout:1", "app/stdout:2", "app/stdout:3", "app/stderr:4");
        assertThat(docker.requests()).anyMatch(path -> path.endsWith("&since=1700000000.000000001"));
    }

    @Test
    void aLogThatWasRotatedMeanwhileIsReadAnewAndSaidSo() throws Exception {
        docker.log(ID, OUT, "1\n");
        node.dea.start(announcement);
        node.awaitReceived("app/stdout:1");
        node.stopApptail();
        docker.log(ID, OUT, "2\n");
        docker.log(ID, OUT, "3\n");
        docker.rotate(ID, 2);

        node.startApptail();

        node.awaitReceived(
                "app/stdout:1",
                "stackato[apptail.0]/:WARN -- Lines of stdout may have been lost, or come twice: Docker's log"
                        + " does not go on where it was read to",
                "app/stdout:3");
    }

    @Test
    void anInstanceEndsWhenItsContainerDiesAndNotWhenItIsSignalled() throws Exception {
        Path log = node.container("c").resolve("home/stackato/logs/f.log");
        append(log, "file 1\n");
        node.dea.start(announcement("{\"stdout\":\"\",\"f\":\"logs/f.log\"}"));
        node.awaitReceived("app/f:file 1");
        awaitRequest("/events");
        docker.event(ID, "kill");
        docker.log(ID, OUT, "still\n");
        node.awaitReceives("app/stdout:still");

        append(log, "file 2, without LF");
        docker.log(ID, OUT, "last, without LF");
        docker.stop(ID);
        docker.event(ID, "die");

        node.awaitReceived(
                "app/f:file 1", "app/stdout:still", "app/f:file 2, without LF", "app/stdout:last, without LF");
        awaitEnded();
    }

    @Test
    void aDeathInTheWordsOf2013IsOne() throws Exception {
        Path log = node.container("c").resolve("home/stackato/logs/f.log");
        append(log, "1\n");
        node.dea.start(announcement("{\"f\":\"logs/f.log\"}"));
        node.awaitReceived("app/f:1");
        awaitRequest("/events");

        docker.oldEvent(ID, "start");
        docker.oldEvent(ID, "die");

        awaitEnded();
    }

    @Test
    void aDeathThatNobodyHeardOfIsSeenAfterwards() throws Exception {
        Path log = node.container("c").resolve("home/stackato/logs/f.log");
        append(log, "1\n");
        node.dea.start(announcement("{\"f\":\"logs/f.log\"}"));
        node.awaitReceived("app/f:1");
        awaitRequest("/events");

        docker.away();
        append(log, "2\n");
        docker.remove(ID);
        docker.listen();

        awaitEnded();
        node.awaitReceived("app/f:1", "app/f:2");
    }

    @Test
    void aDaemonThatTalksNonsenseHarmsNobody() throws Exception {
        byte[] endless = new ByteArrayOutputStream() {
            {
                writeBytes("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n".getBytes(UTF_8));
                writeBytes(new byte[] {1, 0, 0, 0, -1, -1, -1, -1});
                writeBytes("x".repeat(3000).getBytes(UTF_8));
            }
        }.toByteArray();
        List<byte[]> answers = new CopyOnWriteArrayList<>(List.of(
                "no HTTP\r\n\r\n".getBytes(UTF_8),
                ("HTTP/1.1 200 OK\r\nX: " + "y".repeat(100_000)).getBytes(UTF_8),
                "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8),
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n".getBytes(UTF_8),
                "HTTP/1.1 200 OK\r\n\r\nno frame at all".getBytes(UTF_8),
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".getBytes(UTF_8),
                endless));
        docker.sayInstead(path -> path.startsWith("/containers/4f1c9d0e8b7a/logs?stdout=1") && !answers.isEmpty()
                ? Optional.of(answers.remove(0))
                : path.startsWith("/events") && answers.size() > 2
                        ? Optional.of("{\"a\":".getBytes(UTF_8))
                        : Optional.empty());
        docker.log(ID, OUT, "1\n");

        node.dea.start(announcement);

        node.awaitReceives("app/stdout:" + "x".repeat(950), "app/stdout:1");
        docker.log(ID, OUT, "2\n");
        node.awaitReceives("app/stdout:2");
        assertThat(answers).isEmpty();
        docker.stop(ID);
        docker.event(ID, "die");
        awaitEnded();
    }

    @Test
    void aDaemonThatComesLateIsHeard() throws Exception {
        docker.away();
        docker.log(ID, OUT, "1\n");
        node.dea.start(announcement);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(node.apptail().counts().followedInstances()).isEqualTo(1));

        docker.listen();

        node.awaitReceived("app/stdout:1");
    }

    @Test
    void aLogThatDockerCannotReadIsGivenUpAndSaidSo() throws Exception {
        docker.sayInstead(path -> path.contains("/logs")
                ? Optional.of("HTTP/1.1 501 None\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8))
                : Optional.empty());

        node.dea.start(announcement);

        node.awaitReceived(
                "stackato[apptail.0]/:WARN -- Ignoring stdout: Docker cannot read it (HTTP status 501)",
                "stackato[apptail.0]/:WARN -- Ignoring stderr: Docker cannot read it (HTTP status 501)");
        docker.event(ID, "die");
        awaitEnded();
    }

    private List<String> linesOf(String stream) {
        return node.received().stream().filter(line -> line.startsWith(stream)).toList();
    }

    /** How many lines of stdout the owner was told were left out. */
    private long leftOut() {
        Pattern notice = Pattern.compile("Too much log activity in stdout: .* left out (\\d+) lines");
        return node.received().stream()
                .map(notice::matcher)
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    /** Nothing but the first lines may go through, so that the rest has to be left out. */
    private void tightLimits() {
        node.setting("max_lines_burst", 100);
        node.setting("max_lines_per_second", 1);
    }

    /** What the other stream gives is no word on what this one leaves out. */
    @Test
    void whatABusyStreamLeavesOutIsSaidAlsoIfApptailEndsMeanwhile() throws Exception {
        tightLimits();
        node.dea.start(announcement);
        for (int i = 0; i < 1000; i++) {
            docker.log(ID, OUT, "line " + i + "\n");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(linesOf("app/stdout:")).hasSizeGreaterThanOrEqualTo(100));
        docker.log(ID, ERR, "quiet\n");
        node.awaitReceives("app/stderr:quiet");
        node.stopApptail();
        assertThat(leftOut()).as("it ended before the rest did").isZero();

        node.startApptail();

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(linesOf("app/stdout:").size() + leftOut()).isEqualTo(1000));
        assertThat(linesOf("app/stderr:")).containsExactly("app/stderr:quiet");
    }

    @Test
    void whatABusyStreamLeavesOutIsSaidAlsoIfItEndsInTheMiddleOfALine() throws Exception {
        tightLimits();
        for (int i = 0; i < 1000; i++) {
            docker.log(ID, OUT, "line " + i + "\n");
        }
        docker.log(ID, OUT, "x".repeat(3000));
        node.dea.start(announcement);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(linesOf("app/stdout:")).hasSizeGreaterThanOrEqualTo(100));
        TimeUnit.MILLISECONDS.sleep(1200); // the rest is over, but not the line

        docker.stop(ID);
        docker.event(ID, "die");

        awaitEnded();
        await().atMost(PATIENCE).untilAsserted(() -> {
            long lines = linesOf("app/stdout:line").size();
            long pieces = linesOf("app/stdout:x").size();
            assertThat(lines + leftOut())
                    .as("with the long line, unless all its pieces came")
                    .isEqualTo(pieces == 4 ? 1000 : 1001);
        });
    }

    @Test
    void aLineWithoutEndOnOneStreamRepeatsNothingOfTheOther() throws Exception {
        node.dea.start(announcement);
        docker.log(ID, ERR, "x".repeat(3000));
        node.awaitReceives("app/stderr:" + "x".repeat(950));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            docker.log(ID, OUT, "line " + i + "\n");
            lines.add("app/stdout:line " + i);
        }
        node.awaitReceives(lines.get(19));

        docker.cut();
        docker.log(ID, OUT, "after\n");

        lines.add("app/stdout:after");
        node.awaitReceives("app/stdout:after");
        assertThat(linesOf("app/stdout:")).isEqualTo(lines);
    }

    @Test
    void aBusyStreamRestsAndSaysExactlyWhatIsLeftOut() throws Exception {
        node.setting("max_lines_burst", 100);
        node.setting("max_lines_per_second", 1);
        for (int i = 0; i < 1000; i++) {
            docker.log(ID, OUT, "line " + i + "\n");
        }
        node.dea.start(announcement);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(node.received())
                        .anyMatch(
                                line -> line.startsWith("stackato[apptail]/:WARN -- Too much log activity in stdout")));
        long published = node.received().stream()
                .filter(line -> line.startsWith("app/stdout:"))
                .count();
        long bytes = 0;
        for (long i = published; i < 1000; i++) {
            bytes += ("line " + i + "\n").length();
        }
        assertThat(published).isBetween(100L, 110L);
        assertThat(node.received())
                .last()
                .isEqualTo(
                        "stackato[apptail]/:WARN -- Too much log activity in stdout: waited one second, and left out "
                                + (1000 - published) + " lines (" + bytes + " bytes)");
        docker.log(ID, ERR, "quiet\n");
        node.awaitReceives("app/stderr:quiet");
    }
}
