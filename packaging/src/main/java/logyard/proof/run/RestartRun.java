package logyard.proof.run;

import java.time.Duration;
import java.util.Map;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.node.Node;
import logyard.proof.node.Patience;
import logyard.proof.oracle.LogWriter;

/** SIGTERM and a new start, of the core and of systail in turn. */
public final class RestartRun implements Run {
    private static final int LINES_PER_SECOND = 3000;

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String what() {
        return "SIGTERM and a new start of core and systail in turn, while a log is written at " + LINES_PER_SECOND
                + " lines/s";
    }

    @Override
    public String promise() {
        return "nothing lost, nothing repeated, in order; each ends with status 0";
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        try (Stage stage = new Stage(lab, name(), Map.of())) {
            LogWriter app = stage.log("app");
            stage.start();
            app.start(LINES_PER_SECOND);
            int restarts = lab.times(2, 100);
            for (int i = 0; i < restarts; i++) {
                String daemon = i % 2 == 0 ? Node.CORE : Node.SYSTAIL;
                Patience.pause(
                        Duration.ofMillis(lab.random().nextInt(lab.scale().of(300, 1000))));
                int status = stage.node().stop(daemon);
                stage.fault(app);
                stage.require(status == 0, daemon + " ended with status " + status);
                stage.node().start(daemon);
            }
            return stage.finish(
                    restarts, Stage.Promise.NOTHING_LOST, Stage.Promise.NOTHING_REPEATED, Stage.Promise.IN_ORDER);
        }
    }
}
