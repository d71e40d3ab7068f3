package logyard.proof.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.node.Dea;
import logyard.proof.node.Node;
import logyard.proof.node.Patience;
import logyard.proof.oracle.FileTarget;
import logyard.proof.oracle.LogWriter;

/** kill -9 of the core or systail at random moments, also while it starts. */
public final class KillRun implements Run {
    private static final int LINES_PER_SECOND = 1000;
    private static final int LONGEST_MILLIS = 1500;

    /** One for which no cursor was saved, at a start, and two that TCP has not confirmed. */
    private static final int MOST_REPEATED_SECONDS = 3;

    private final String name;
    private final String victim;
    private final boolean toFile;

    private KillRun(String name, String victim, boolean toFile) {
        this.name = name;
        this.victim = victim;
        this.toFile = toFile;
    }

    /** Of one daemon, by its command; the target is reached over TCP. */
    public static KillRun of(String name, String victim) {
        return new KillRun(name, victim, false);
    }

    /** Of the core, while its drain writes a file: a target that confirms. */
    public static KillRun ofCoreWithFile(String name) {
        return new KillRun(name, Node.CORE, true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String what() {
        return "kill -9 of " + victim + " at random moments, up to " + LONGEST_MILLIS
                + " ms after it was started, or after a new line has come through it, while two logs are written at "
                + LINES_PER_SECOND + " lines/s each" + (toFile ? "; the drain writes a file" : "");
    }

    @Override
    public String promise() {
        return victim.equals(Node.CORE)
                ? "nothing lost; repeated is what no cursor was saved for: at most " + mostRepeatedSeconds()
                        + " s of lines for each kill"
                : "nothing lost, nothing repeated, in order";
    }

    private int mostRepeatedSeconds() {
        return toFile ? 1 : MOST_REPEATED_SECONDS;
    }

    private static LogWriter instance(Stage stage, Dea dea, String name) throws IOException {
        LogWriter log = stage.written(new LogWriter(name, dea.log(name)));
        dea.announce(name);
        return log;
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        try (Dea dea = Dea.start(Stage.folder(lab, name + "-dea"));
                Stage stage = new Stage(lab, name, dea.settings());
                FileTarget file = new FileTarget(stage.node().folder().resolve("copy.log"), stage.account()::take)) {
            if (toFile) {
                stage.node().drain(Stage.DRAIN, file.uri("systail."));
            }
            boolean ofApptail = victim.equals(Node.APPTAIL);
            LogWriter app = ofApptail ? instance(stage, dea, "app") : stage.log("app");
            LogWriter web = ofApptail ? instance(stage, dea, "web") : stage.log("web");
            if (ofApptail) {
                stage.startWithApptail();
            } else {
                stage.start();
            }
            app.start(LINES_PER_SECOND);
            web.start(LINES_PER_SECOND);
            int kills = lab.times(2, 200);
            for (int i = 0; i < kills; i++) {
                if (i % 2 == 0) { // else while it starts
                    stage.awaitArrived(app, app.written());
                }
                Patience.pause(Duration.ofMillis(lab.random().nextInt(LONGEST_MILLIS)));
                stage.node().kill(victim);
                stage.fault(app);
                stage.node().launch(victim, "", Map.of());
            }
            stage.node().awaitReady(victim);
            stage.require(file.torn() <= kills, file.torn() + " torn lines, of at most one for each kill");
            if (victim.equals(Node.CORE)) {
                stage.allowRepeats((long) kills * mostRepeatedSeconds() * 2 * LINES_PER_SECOND);
            }
            return victim.equals(Node.CORE)
                    ? stage.finish(kills, Stage.Promise.NOTHING_LOST)
                    : stage.finish(
                            kills, Stage.Promise.NOTHING_LOST, Stage.Promise.NOTHING_REPEATED, Stage.Promise.IN_ORDER);
        }
    }
}
