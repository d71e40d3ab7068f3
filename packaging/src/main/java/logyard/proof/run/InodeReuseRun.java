package logyard.proof.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.node.Node;
import logyard.proof.node.Patience;
import logyard.proof.node.SmallDisk;
import logyard.proof.oracle.LogWriter;

/** A log is deleted and made anew with the inode of the old one, while systail runs or not. */
public final class InodeReuseRun implements Run {
    private static final int LINES = 20;
    private static final int CANDIDATES = 500;
    private static final int DISK_MEBIBYTES = 8;

    @Override
    public String name() {
        return "inode-reuse";
    }

    @Override
    public String what() {
        return "a log that was read is deleted, and a new one with the inode of the old one is written in its place, with"
                + " fewer or more lines; systail runs, is stopped, or is killed meanwhile";
    }

    @Override
    public String promise() {
        return "nothing lost, nothing repeated, in order";
    }

    /** For a disk of its own: else others take the inode first. */
    @Override
    public boolean needsRoot() {
        return true;
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        Path folder = Stage.folder(lab, name() + "-disk");
        try (SmallDisk disk = SmallDisk.mount(folder, DISK_MEBIBYTES);
                Stage stage = new Stage(lab, name(), Map.of())) {
            LogWriter app = stage.log("app", disk.folder());
            stage.start();
            int wanted = lab.times(3, 60);
            for (int i = 0; stage.faults() < wanted && i < 3 * wanted; i++) {
                app.write(1 + lab.random().nextInt(LINES));
                Patience.require(
                        "what was written has arrived", () -> stage.account().delivered() == stage.written());
                Object inode = inode(app.file());
                boolean runs = i % 3 == 0;
                if (i % 3 == 1) {
                    int unused = stage.node().stop(Node.SYSTAIL);
                } else if (i % 3 == 2) {
                    stage.node().kill(Node.SYSTAIL);
                }
                app.delete();
                if (runs) {
                    awaitReleased(stage, inode);
                }
                if (makeWith(inode, app.file())) {
                    stage.fault(app);
                }
                app.write(1 + lab.random().nextInt(2 * LINES));
                if (!runs) {
                    stage.node().start(Node.SYSTAIL);
                }
            }
            return stage.finish(
                    wanted, Stage.Promise.NOTHING_LOST, Stage.Promise.NOTHING_REPEATED, Stage.Promise.IN_ORDER);
        }
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    /** Waits until nobody has the deleted file open: only then can its inode be used again. */
    private static void awaitReleased(Stage stage, Object inode) throws IOException {
        Path descriptors = Path.of("/proc", Long.toString(stage.node().pid(Node.SYSTAIL)), "fd");
        Patience.require("systail has closed the deleted file", () -> {
            try (var open = Files.newDirectoryStream(descriptors)) {
                for (Path descriptor : open) {
                    try {
                        if (inode(descriptor).equals(inode)) {
                            return false;
                        }
                    } catch (IOException e) {
                        // closed meanwhile, or no file
                    }
                }
            }
            return true;
        });
    }

    /** Makes files until one has the inode, and gives that one the name; false if none had it. */
    private static boolean makeWith(Object inode, Path file) throws IOException {
        List<Path> others = new ArrayList<>();
        Path folder = Files.createDirectories(file.resolveSibling("candidates"));
        boolean found = false;
        for (int i = 0; i < CANDIDATES && !found; i++) {
            Path candidate = Files.createFile(folder.resolve("c" + i));
            if (inode(candidate).equals(inode)) {
                Files.move(candidate, file);
                found = true;
            } else {
                others.add(candidate);
            }
        }
        for (Path other : others) {
            Files.delete(other);
        }
        return found;
    }
}
