package logyard.proof.run;

import java.util.List;
import java.util.Map;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.node.Dea;
import logyard.proof.oracle.LogWriter;

/** One application logs far more than the journal keeps while a target hardly reads, and others a little. */
public final class NoisyApplicationRun implements Run {
    private static final int SLOW_BYTES_PER_SECOND = 20_000;
    private static final int NOISE_LINES = 10_000;
    private static final int QUIET_LINES = 20;

    @Override
    public String name() {
        return "noisy-app";
    }

    @Override
    public String what() {
        return "while a target reads 20 kB/s, one application logs many times what the journal keeps (16 MiB), and beside it"
                + " another one and a system log " + QUIET_LINES + " lines for each " + NOISE_LINES + " of it";
    }

    @Override
    public String promise() {
        return "lost are the oldest lines of the application that logs most, counted and announced, and none of the others";
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        try (Dea dea = Dea.start(Stage.folder(lab, name() + "-dea"));
                Stage stage = new Stage(lab, name(), settings(dea))) {
            LogWriter noisy = stage.written(new LogWriter("noisy", dea.log("noisy")));
            LogWriter quiet = stage.written(new LogWriter("quiet", dea.log("quiet")));
            LogWriter system = stage.log("system");
            stage.startWithApptail();
            dea.announce("noisy");
            dea.announce("quiet");
            stage.target().slowDown(SLOW_BYTES_PER_SECOND);
            int bursts = lab.times(8, 60);
            for (int i = 0; i < bursts; i++) {
                noisy.write(NOISE_LINES);
                quiet.write(QUIET_LINES);
                system.write(QUIET_LINES);
                stage.awaitMatched(stage.written());
            }
            stage.target().slowDown(0);
            stage.require(stage.awaitSettled(), "not settled");
            List<Integer> missing = stage.account().missing(noisy.source(), noisy.written(), Integer.MAX_VALUE);
            if (!missing.isEmpty()) {
                stage.fault(noisy);
            }
            stage.require(
                    missing.isEmpty() || missing.get(missing.size() - 1) < noisy.written() - NOISE_LINES,
                    "newest lines of the noisy application are lost: up to " + missing.get(missing.size() - 1));
            requireAll(stage, quiet);
            requireAll(stage, system);
            stage.remark("of " + (quiet.written() + system.written()) + " lines of the others none was lost");
            return stage.finish(1, Stage.Promise.LOST_IS_COUNTED, Stage.Promise.IN_ORDER);
        }
    }

    private static void requireAll(Stage stage, LogWriter log) {
        int missing = stage.account()
                .missing(log.source(), log.written(), Integer.MAX_VALUE)
                .size();
        stage.require(missing == 0, missing + " of " + log.written() + " lines of " + log.source() + " are lost");
    }

    private static Map<String, String> settings(Dea dea) {
        return Stage.with(dea.settings(), "journal.max_bytes", "16MiB");
    }
}
