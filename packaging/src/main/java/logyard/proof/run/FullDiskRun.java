package logyard.proof.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

/** Somebody else fills the disk to the last byte, and frees it later; nothing is restarted. */
public final class FullDiskRun implements Run {
    private static final int LINES_PER_SECOND = 2000;

    /** About 8 MiB of the journal. */
    private static final int MOST_UNDELIVERED = 15_000;

    private static final int DISK_MEBIBYTES = 48;
    private static final String STUCK = "The journal takes no events";

    @Override
    public String name() {
        return "full-disk";
    }

    @Override
    public String what() {
        return "a file of somebody else's fills the disk of the journal, and what the journal gives up, until the core"
                + " takes nothing any more; then it is deleted; nothing is restarted";
    }

    @Override
    public String promise() {
        return "nothing lost, nothing repeated, in order; goes on by itself";
    }

    @Override
    public boolean needsRoot() {
        return true;
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        Path folder = Stage.folder(lab, name() + "-disk");
        try (SmallDisk disk = SmallDisk.mount(folder, DISK_MEBIBYTES);
                Stage stage = new Stage(lab, name(), Map.of(), disk.folder().resolve("state"))) {
            LogWriter app = stage.log("app");
            stage.start();
            stage.write(app, LINES_PER_SECOND, MOST_UNDELIVERED);
            int times = lab.times(1, 20);
            Path ballast = disk.folder().resolve("ballast");
            for (int i = 1; i <= times; i++) {
                int stuck = i;
                Patience.pause(
                        Duration.ofMillis(lab.random().nextInt(lab.scale().of(200, 2000))));
                Patience.require("the core takes nothing, for the time " + i, () -> {
                    fill(ballast);
                    return count(stage.node().output(Node.CORE)) >= stuck;
                });
                Patience.pause(
                        Duration.ofMillis(lab.random().nextInt(lab.scale().of(500, 3000))));
                Files.delete(ballast);
                stage.fault(app);
            }
            return stage.finish(
                    times, Stage.Promise.NOTHING_LOST, Stage.Promise.NOTHING_REPEATED, Stage.Promise.IN_ORDER);
        }
    }

    /** Writes until nothing more fits. */
    private static void fill(Path ballast) throws IOException {
        byte[] zeros = new byte[64 << 10];
        for (int size = zeros.length; size >= 1024; size /= 4) {
            try (OutputStream out =
                    Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(zeros, 0, size);
                }
            } catch (IOException e) {
                // full: perhaps something smaller fits
            }
        }
    }

    private static int count(String output) {
        int count = 0;
        for (int at = output.indexOf(STUCK); at >= 0; at = output.indexOf(STUCK, at + 1)) {
            count++;
        }
        return count;
    }
}
