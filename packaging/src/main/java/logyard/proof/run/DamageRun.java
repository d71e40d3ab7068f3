package logyard.proof.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.node.Node;
import logyard.proof.oracle.LogWriter;

/** Files of the core are damaged while it is stopped, and hold lines that no target has yet. */
public final class DamageRun implements Run {
    private static final int LINES = 20_000;

    private final String name;
    private final String what;
    private final boolean loses;
    private final Damage damage;

    /** Does the damage. */
    interface Damage {
        /** Damages what it finds below {@code state}; throws if there is nothing. */
        void in(Path state, Random random) throws java.io.IOException;
    }

    /**
     * A run with one kind of damage.
     *
     * @param what is done to the files
     * @param loses whether there are lines in what is damaged
     */
    DamageRun(String name, String what, boolean loses, Damage damage) {
        this.name = name;
        this.what = what;
        this.loses = loses;
        this.damage = damage;
    }

    /** Bytes of segments. */
    public static DamageRun bytes() {
        return new DamageRun("damage-bytes", "1 to 100 random bytes of the journal are changed", true, Damages::bytes);
    }

    /** The end of a segment. */
    public static DamageRun end() {
        return new DamageRun("damage-end", "the end of a random segment is cut off", true, Damages::end);
    }

    /** A segment. */
    public static DamageRun segment() {
        return new DamageRun("damage-segment", "a random segment is deleted", true, Damages::segment);
    }

    /** The small files. */
    public static DamageRun state() {
        return new DamageRun(
                "damage-state",
                "cursors, positions of streams, summaries or snapshots, one generation or both, are emptied, changed or"
                        + " deleted",
                false,
                Damages::state);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String what() {
        return "the core is stopped or killed while " + LINES + " lines wait for a target that is down; " + what;
    }

    @Override
    public String promise() {
        return loses
                ? "every start succeeds; the lines in what was damaged are lost, each counted and announced"
                : "every start succeeds; nothing lost; without a cursor everything in the journal is repeated";
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        try (Stage stage = new Stage(lab, name, Map.of("journal.max_bytes", "64MiB"))) {
            LogWriter app = stage.log("app");
            stage.start();
            int times = lab.times(1, 25);
            for (int i = 0; i < times; i++) {
                stage.awaitConfirmed();
                stage.target().goDown();
                long uncounted = i == 0 ? 0 : app.written() - stage.matchedAtRest();
                app.write(LINES);
                stage.awaitMatched(app.written() - uncounted);
                stage.awaitSaved(app.written() - uncounted);
                if (lab.random().nextBoolean()) {
                    int status = stage.node().stop(Node.CORE);
                    stage.require(status == 0, "the core ended with status " + status);
                } else {
                    stage.node().kill(Node.CORE);
                }
                damage.in(stage.node().state(), lab.random());
                stage.fault(app);
                stage.target().comeBack();
                stage.node().start(Node.CORE);
                stage.require(stage.awaitSettled(), "not settled after damage " + (i + 1));
            }
            return loses
                    ? stage.finish(times, Stage.Promise.LOST_IS_COUNTED)
                    : stage.finish(times, Stage.Promise.NOTHING_LOST);
        }
    }
}
