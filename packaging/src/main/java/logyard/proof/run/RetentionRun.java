package logyard.proof.run;

import java.util.List;
import java.util.Map;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.oracle.LogWriter;

/** More comes in while a target hardly reads than the journal keeps. */
public final class RetentionRun implements Run {
    private static final int SLOW_BYTES_PER_SECOND = 20_000;

    /** About 8 MiB of the 16 MiB that are kept: these must be the newest. */
    private static final int KEPT_AT_LEAST = 15_000;

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public String what() {
        return "a target that reads 20 kB/s falls behind a journal of 16 MiB, again and again";
    }

    @Override
    public String promise() {
        return "lost are the oldest lines that were not delivered, never the newest; each is counted and announced";
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        try (Stage stage = new Stage(lab, name(), Map.of("journal.max_bytes", "16MiB"))) {
            LogWriter app = stage.log("app");
            stage.start();
            int times = lab.times(1, 10);
            for (int i = 0; i < times; i++) {
                stage.target().slowDown(SLOW_BYTES_PER_SECOND);
                app.write(60_000);
                stage.awaitMatched(app.written());
                stage.target().slowDown(0);
                stage.require(stage.awaitSettled(), "not settled");
                List<Integer> missing = stage.account().missing(app.source(), app.written(), Integer.MAX_VALUE);
                int newest = missing.isEmpty() ? -1 : missing.get(missing.size() - 1);
                if (newest >= app.written() - 60_000) {
                    stage.fault(app);
                }
                stage.require(
                        newest < app.written() - KEPT_AT_LEAST,
                        "line " + newest + " of " + app.written() + " is lost, which is one of the newest");
            }
            return stage.finish(times, Stage.Promise.IN_ORDER);
        }
    }
}
