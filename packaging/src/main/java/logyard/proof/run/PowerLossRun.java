package logyard.proof.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.node.Node;
import logyard.proof.node.Patience;
import logyard.proof.node.SmallDisk;
import logyard.proof.oracle.LogWriter;

/** The disk with the state of the daemons loses its power: what was not synced is gone. */
public final class PowerLossRun implements Run {
    private static final int LINES_PER_SECOND = 2000;

    /** About 8 MiB of the journal. */
    private static final int MOST_UNDELIVERED = 15_000;

    private static final int LONGEST_LIFE_MILLIS = 3000;
    private static final int DISK_MEBIBYTES = 96;

    @Override
    public String name() {
        return "power-loss";
    }

    @Override
    public String what() {
        return "the disk with journal, cursors and positions loses its power at random moments: ext4 on a loop device is"
                + " shut down without writing anything more, core and systail are killed, and it is mounted anew; the log"
                + " itself is on another disk, and whole";
    }

    @Override
    public String promise() {
        return "nothing lost; repeated is what no cursor was saved for";
    }

    @Override
    public boolean needsRoot() {
        return true;
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        Path folder = Stage.folder(lab, name() + "-disk");
        try (SmallDisk disk = SmallDisk.mount(folder, DISK_MEBIBYTES);
                Stage stage = new Stage(
                        lab,
                        name(),
                        Map.of("journal.max_bytes", "32MiB"),
                        disk.folder().resolve("state"))) {
            LogWriter app = stage.log("app");
            stage.start();
            stage.write(app, LINES_PER_SECOND, MOST_UNDELIVERED);
            int failures = lab.times(1, 50);
            for (int i = 0; i < failures; i++) {
                Patience.pause(Duration.ofMillis(300 + lab.random().nextInt(LONGEST_LIFE_MILLIS)));
                disk.failPower();
                stage.fault(app);
                stage.node().kill(Node.CORE);
                stage.node().kill(Node.SYSTAIL);
                disk.remount();
                stage.node().start(Node.CORE, Node.SYSTAIL);
            }
            return stage.finish(failures, Stage.Promise.NOTHING_LOST);
        }
    }
}
