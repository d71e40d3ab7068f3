package logyard.proof.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.node.Patience;
import logyard.proof.oracle.LogWriter;

/** A log is rotated 20 times a second while the target reads slowly. */
public final class RotationRun implements Run {
    private static final int LINES_PER_SECOND = 2000;
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final int KEPT = 40;
    private static final int SLOW_BYTES_PER_SECOND = 200_000;

    @Override
    public String name() {
        return "rotation";
    }

    @Override
    public String what() {
        return "a log of " + LINES_PER_SECOND + " lines/s is renamed and made anew 20 times a second, the last " + KEPT
                + " files are kept, and the target reads " + SLOW_BYTES_PER_SECOND / 1000 + " kB/s";
    }

    @Override
    public String promise() {
        return "nothing lost, nothing repeated, in order";
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        try (Stage stage = new Stage(lab, name(), Map.of())) {
            LogWriter app = stage.log("app");
            stage.start();
            stage.target().slowDown(SLOW_BYTES_PER_SECOND);
            app.start(LINES_PER_SECOND);
            int rotations = lab.times(40, 1200);
            for (int i = 1; i <= rotations; i++) {
                Patience.pause(BETWEEN);
                app.rotate(rotated(app, i));
                stage.fault(app);
                Files.deleteIfExists(rotated(app, i - KEPT));
            }
            stage.target().slowDown(0);
            return stage.finish(
                    rotations, Stage.Promise.NOTHING_LOST, Stage.Promise.NOTHING_REPEATED, Stage.Promise.IN_ORDER);
        }
    }

    private static Path rotated(LogWriter log, int number) {
        return log.file().resolveSibling(log.file().getFileName() + "." + number);
    }
}
