package logyard.proof.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.node.Patience;
import logyard.proof.node.SmallDisk;
import logyard.proof.oracle.LogWriter;

/** More comes in than the disk has room for beside what {@code journal.min_free_bytes} leaves to others. */
public final class DiskFloorRun implements Run {
    private static final int SLOW_BYTES_PER_SECOND = 20_000;
    private static final int DISK_MEBIBYTES = 64;
    private static final long FLOOR_BYTES = 24L << 20;

    /** So much more may be taken for a while: what systail may have unacknowledged, a segment, and a buffer. */
    private static final long SLACK_BYTES = 16L << 20;

    @Override
    public String name() {
        return "disk-floor";
    }

    @Override
    public String what() {
        return "a target that reads 20 kB/s falls behind a journal of 1 GiB on a disk of 64 MiB, of which"
                + " journal.min_free_bytes leaves 24 MiB free";
    }

    @Override
    public String promise() {
        return "of what is to stay free, no more is taken than what publishers have on the way (8 MiB each) and a segment; what is"
                + " lost for it is counted and announced";
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
                        Map.of("journal.min_free_bytes", Long.toString(FLOOR_BYTES)),
                        disk.folder().resolve("state"))) {
            LogWriter app = stage.log("app");
            stage.start();
            stage.target().slowDown(SLOW_BYTES_PER_SECOND);
            var least = new AtomicLong(Long.MAX_VALUE);
            int bursts = lab.times(4, 40);
            for (int i = 0; i < bursts; i++) {
                app.write(20_000);
                Patience.require("the core has what was written", () -> {
                    least.accumulateAndGet(free(disk), Math::min);
                    return stage.node().status(Stage.DRAIN).path("matched").asLong() >= app.written();
                });
            }
            stage.fault(app);
            stage.target().slowDown(0);
            stage.require(
                    least.get() >= FLOOR_BYTES - SLACK_BYTES,
                    "only " + least + " bytes were free, of which " + FLOOR_BYTES + " should be left");
            stage.remark("at least " + (least.get() >> 20) + " MiB were free");
            return stage.finish(1, Stage.Promise.IN_ORDER);
        }
    }

    private static long free(SmallDisk disk) throws IOException {
        return Files.getFileStore(disk.folder()).getUsableSpace();
    }
}
