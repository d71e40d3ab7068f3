package logyard.proof.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scale;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.node.Node;
import logyard.proof.node.Patience;
import logyard.proof.oracle.LogWriter;

/** The clock of the daemons jumps by an hour and by a day, forth and back, while logs are written and rotated. */
public final class ClockRun implements Run {
    private static final int LINES_PER_SECOND = 1000;
    private static final List<Integer> SECONDS_OFF = List.of(3_600, 86_400, -3_600, -86_400, 0);

    /** By so much less than a jump the time of an event may be off otherwise. */
    private static final int NEAR_SECONDS = 1_000;

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public String what() {
        return "the clock of systail, and in the long form also of the core, jumps by an hour and by a day, forth and back"
                + " (libfaketime; the monotonic clock"
                + " and the times of files stay), while a log is written and rotated";
    }

    @Override
    public String promise() {
        return "nothing lost, nothing repeated, in order";
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        try (Stage stage = new Stage(lab, name(), Map.of())) {
            LogWriter app = stage.log("app");
            Path clock = stage.node().folder().resolve("clock");
            Files.writeString(clock, "+0");
            Map<String, String> faked = Map.of(
                    "LD_PRELOAD", library().toString(),
                    "FAKETIME_TIMESTAMP_FILE", clock.toString(),
                    "FAKETIME_CACHE_DURATION", "1",
                    "DONT_FAKE_MONOTONIC", "1",
                    "NO_FAKE_STAT", "1");
            // libfaketime makes the start of a JVM several times as long.
            boolean ofCore = lab.scale() == Scale.LONG;
            stage.node().launch(Node.CORE, "", ofCore ? faked : Map.of());
            stage.node().launch(Node.SYSTAIL, "", faked);
            stage.node().awaitReady(Node.CORE);
            stage.node().awaitReady(Node.SYSTAIL);
            stage.node().awaitDrain(Stage.DRAIN, "RUNNING");
            app.start(LINES_PER_SECOND);
            int jumps = lab.times(SECONDS_OFF.size(), 10 * SECONDS_OFF.size());
            for (int i = 0; i < jumps; i++) {
                Patience.pause(
                        Duration.ofMillis(200 + lab.random().nextInt(lab.scale().of(100, 1500))));
                int off = SECONDS_OFF.get(i % SECONDS_OFF.size());
                Files.writeString(clock, String.format(Locale.ROOT, "%+d", off));
                Patience.require("lines of " + off + " s from now arrive", () -> isNear(stage, off));
                stage.fault(app);
                app.rotate(app.file().resolveSibling("app.log." + i));
            }
            return stage.finish(
                    jumps, Stage.Promise.NOTHING_LOST, Stage.Promise.NOTHING_REPEATED, Stage.Promise.IN_ORDER);
        }
    }

    private static boolean isNear(Stage stage, int secondsOff) {
        long wanted = Instant.now().getEpochSecond() + secondsOff;
        return Math.abs(stage.account().newestSecond() - wanted) < NEAR_SECONDS;
    }

    private static Path library() throws IOException {
        try (var libraries = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu")) {
            for (Path folder : libraries) {
                Path library = folder.resolve("faketime/libfaketimeMT.so.1");
                if (Files.exists(library)) {
                    return library;
                }
            }
        }
        throw new IOException("The run clock needs libfaketime: apt-get install libfaketime");
    }
}
