package logyard.apptail.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import logyard.apptail.instance.LogLocator.Found;
import logyard.core.event.AppInstance;
import logyard.core.tail.DeletedTree;
import logyard.core.tail.file.OpenFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner is told of each path of spec 05 §13.1: nothing by which one refusal is told from another. */
class LogLocatorTest {
    private static final String ID = "000000000app";

    private static final String NO_LOGS = "ERROR -- No valid log files";
    private static final String ENDED =
            "ERROR -- The instance had ended before its logs could be opened: what it logged is lost";

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private final Map<String, OpenFile> opened = new LinkedHashMap<>();
    private Path root;
    private LogLocator locator;

    @BeforeEach
    void makeInstance() throws Exception {
        folder = folder.toRealPath();
        root = folder.resolve("app1");
        locator = new LogLocator(List.of(folder), false, new Told(), new Counts());
        for (String directory : List.of("home/stackato/logs", "home/stackato/etc", "var/log", "etc", "dev")) {
            Files.createDirectories(root.resolve(directory));
        }
        Files.createDirectories(folder.resolve("app10"));
        Files.writeString(folder.resolve("app10/secret"), "of another");
        Files.writeString(root.resolve("home/stackato/logs/a.log"), "a");
        Files.writeString(root.resolve("var/log/a.log"), "a");
        Files.writeString(root.resolve("etc/shadow"), "own");
        link("own", "/etc/shadow");
        link("up", "../../../../../etc/shadow");
        link("up-missing", "../../../../../etc/none");
        link("sibling", "../../../../app10/secret");
        link("host", folder + "/app10/secret");
        link("host-missing", folder + "/app10/none");
        link("circle", "circle");
        link("directory-out", folder + "/app10");
        run("mkfifo", root.resolve("home/stackato/logs/fifo"));
        run("mknod", root.resolve("dev/zero"), "c", "1", "5");
    }

    @AfterEach
    void closeFiles() throws IOException {
        for (OpenFile file : opened.values()) {
            file.close();
        }
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(root.resolve("home/stackato/logs").resolve(name), Path.of(target));
    }

    private static void run(String command, Path path, String... more) throws Exception {
        var all = new ArrayList<>(List.of(command, path.toString()));
        all.addAll(List.of(more));
        assertThat(new ProcessBuilder(all).start().waitFor()).isZero();
    }

    /** What is said of a log at this path. */
    private List<String> toldOf(String path) {
        told.clear();
        var announcement = new Announcement(
                ID,
                new AppInstance("guid", "env", "", "", "", 0),
                "app",
                root.toString(),
                List.of(new NamedLog("log", path)),
                false);
        locator.find(announcement).orElseThrow().opened().forEach((name, file) -> opened.put(path, file));
        return List.copyOf(told);
    }

    @Test
    void whatMayBeReadIsOpenedWithoutAWord() {
        for (String path :
                List.of("logs/a.log", "/var/log/a.log", "../../etc/shadow", "logs/own", "/var/./log//a.log")) {
            assertThat(toldOf(path)).as(path).isEmpty();
            assertThat(opened).containsKey(path);
        }
    }

    @Test
    void everyRefusalReadsAsThatOfAMissingFile() {
        for (String path : List.of(
                "logs/none",
                "none/none",
                "../../../../etc/passwd",
                "../../../../etc/none",
                "/../app10/secret",
                "/../app10/none",
                "/../app1/etc/shadow",
                "logs/up",
                "logs/up-missing",
                "logs/sibling",
                "logs/host",
                "logs/host-missing",
                "logs/circle",
                "logs/directory-out/secret",
                "logs/directory-out/none",
                "logs/a.log/x",
                "logs/fifo",
                "logs/fifo/x",
                "/dev/zero",
                "/var/log",
                "/",
                ".",
                "",
                "logs/a.log\u0000",
                "logs/a.log\n",
                "\ud800")) {
            assertThat(toldOf(path))
                    .as(path)
                    .containsExactly(
                            "WARN -- Ignoring missing/inaccessible path " + path + " until that changes", NO_LOGS);
            assertThat(opened).isEmpty();
        }
    }

    @Test
    void aLongPathIsShortenedAndRefusedAsAnyOther() {
        for (String path : List.of("x/".repeat(2000), "y".repeat(300), "../".repeat(500))) {
            assertThat(toldOf(path))
                    .containsExactly(
                            "WARN -- Ignoring missing/inaccessible path " + path.substring(0, 200)
                                    + "… until that changes",
                            NO_LOGS);
        }
    }

    @Test
    void theEnvironmentMayBeAnythingButTheirs() throws IOException {
        Files.createSymbolicLink(
                root.resolve("home/stackato/etc/droplet.env.json"),
                Files.writeString(folder.resolve("other"), "{\"STACKATO_LOG_FILES\":\"log=logs/a.log\"}"));
        var announcement = new Announcement(
                ID, new AppInstance("guid", "env", "", "", "", 0), "app", root.toString(), List.of(), false);

        Instance instance = locator.find(announcement).orElseThrow().instance();

        assertThat(instance.logs()).isEmpty();
        assertThat(told).containsExactly(NO_LOGS);
    }

    @Test
    void oneOfSeveralIsEnough() {
        var announcement = new Announcement(
                ID,
                new AppInstance("guid", "env", "", "", "", 0),
                "app",
                root.toString(),
                List.of(new NamedLog("a", "logs/a.log"), new NamedLog("b", "logs/none")),
                false);

        locator.find(announcement).orElseThrow().close();

        assertThat(told).containsExactly("WARN -- Ignoring missing/inaccessible path logs/none until that changes");
    }

    @Test
    void withoutDockerItsStreamsAreNotFollowed() {
        var announcement = new Announcement(
                ID,
                new AppInstance("guid", "env", "", "", "", 0),
                "app",
                root.toString(),
                List.of(new NamedLog("stdout", ""), new NamedLog("a", "logs/a.log")),
                true);

        Found refused = locator.find(announcement).orElseThrow();
        Found read = new LogLocator(List.of(folder), true, new Told(), new Counts())
                .find(announcement)
                .orElseThrow();
        refused.close();
        read.close();

        assertThat(told).containsExactly("WARN -- Ignoring stdout: streams of Docker are not followed here");
        assertThat(refused.instance().streams()).isEmpty();
        assertThat(read.instance().streams()).isEqualTo(Set.of("stdout"));
        assertThat(read.instance().logs())
                .isEqualTo(refused.instance().logs())
                .containsExactly(new NamedLog("a", "logs/a.log"));
    }

    @Test
    void whereNoLogIsNamedDockersStreamsAreBoth() {
        var announcement = new Announcement(
                ID, new AppInstance("guid", "env", "", "", "", 0), "app", root.toString(), List.of(), true);

        Found read = new LogLocator(List.of(folder), true, new Told(), new Counts())
                .find(announcement)
                .orElseThrow();

        assertThat(read.instance().streams()).isEqualTo(Set.of("stdout", "stderr"));
        assertThat(told).isEmpty();
    }

    @Test
    void anInstanceThatIsGoneIsSaidToHaveEndedAndCountedOnceHoweverOftenItIsAnnounced() throws IOException {
        var counts = new Counts();
        var gone = new LogLocator(List.of(folder), false, new Told(), counts);
        var app = new AppInstance("guid", "env", "", "", "", 0);
        String none = folder.resolve("app2").toString();

        gone.find(new Announcement(ID, app, "app", none, List.of(), false));
        var again = new Announcement(ID, app, "app", none, List.of(new NamedLog("a", "a")), false);
        gone.find(again);

        assertThat(told).containsExactly(ENDED);
        assertThat(counts.missedInstances()).isEqualTo(1);

        Files.createDirectories(folder.resolve("app2/home/stackato"));
        Files.writeString(folder.resolve("app2/home/stackato/a"), "a");
        gone.find(again).orElseThrow().close();
        DeletedTree.delete(folder.resolve("app2"));
        gone.find(again);

        assertThat(told).containsExactly(ENDED, ENDED);
    }

    private final class Told implements Follower {
        @Override
        public void follow(Instance instance, List<FollowedLog> logs, Map<String, OpenFile> files) {}

        @Override
        public void unfollow(Instance instance) {}

        @Override
        public void forget(Instance instance) {}

        @Override
        public void warn(AppInstance app, String text) {
            told.add(text);
        }
    }
}
