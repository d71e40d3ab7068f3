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

    /** As much as the journal syncs at once: the most that may come twice after one kill. */
    private static final long COMMIT_BYTES = 1 << 20;

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
                ? "nothing lost; repeated is what the target had not confirmed, for each kill at most one commit, "
                        + (COMMIT_BYTES >> 20) + " MiB"
                : "nothing lost, nothing repeated, in order";
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
            long repeated = 0; // after the kills before
            long mostRepeated = 0; // after two of them: the second one hits a core that may have just begun
            for (int i = 0; i < kills; i++) {
                if (i % 2 == 0) { // else while it starts
                    stage.awaitArrived(app, app.written());
                    mostRepeated = Math.max(mostRepeated, stage.account().repeatedBytes() - repeated);
                    repeated = stage.account().repeatedBytes();
                }
                Patience.pause(Duration.ofMillis(lab.random().nextInt(LONGEST_MILLIS)));
                stage.node().kill(victim);
                stage.fault(app);
                stage.node().launch(victim, "", Map.of());
            }
            stage.node().awaitReady(victim);
            stage.require(file.torn() <= kills, file.torn() + " torn lines, of at most one for each kill");
            if (victim.equals(Node.CORE)) {
                stage.awaitArrived(app, app.written());
                mostRepeated = Math.max(mostRepeated, stage.account().repeatedBytes() - repeated);
                String most = "at most " + (mostRepeated >> 10) + " KiB came twice after two kills in a row";
                stage.remark(most);
                stage.require(mostRepeated <= 2 * COMMIT_BYTES, most);
                stage.allowRepeats(Long.MAX_VALUE);
            }
            return victim.equals(Node.CORE)
                    ? stage.finish(kills, Stage.Promise.NOTHING_LOST)
                    : stage.finish(
                            kills, Stage.Promise.NOTHING_LOST, Stage.Promise.NOTHING_REPEATED, Stage.Promise.IN_ORDER);
        }
    }
}
