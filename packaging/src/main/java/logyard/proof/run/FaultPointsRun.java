package logyard.proof.run;

import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import logyard.config.ConfigPath;
import logyard.config.fault.DurableStep;
import logyard.config.fault.FaultPoint;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.node.Dea;
import logyard.proof.node.Node;
import logyard.proof.node.Patience;
import logyard.proof.oracle.LogWriter;

/** A daemon kills itself right after each step that leaves something on disk, under load; see {@link DurableStep}. */
public final class FaultPointsRun implements Run {
    private static final int LINES_PER_SECOND = 4000;

    /** Each step is reached so often. */
    private static final int VISITS = 3;

    /** About 2.5 MiB of the journal. */
    private static final int MOST_UNDELIVERED = 5_000;

    private static final int LINES_IN_JOURNAL = 30_000;

    private static final int SLOW_BYTES_PER_SECOND = 2_000;

    /** Of an application, at once: some 2 MiB of the journal. */
    private static final int NOISE_LINES = 4_000;

    private static final Duration NOISE_PAUSE = Duration.ofMillis(200);

    /** Ten times what the journal takes. */
    private static final int MOST_NOISE = 80;

    /** A record of the journal has at least so many bytes; what is shorter at the end was torn off. */
    private static final byte[] TORN = {0, 0, 1, 17, 42};

    /** Small files, of which each step is done with each. */
    private static final List<String> FILES = List.of("cursors.json", "streams.json", ".summary", "positions.json");

    @Override
    public String name() {
        return "fault-points";
    }

    @Override
    public String what() {
        return "a daemon kills itself right after each of the " + DurableStep.values().length
                + " named steps that leave something on disk (-Dlogyard.fault), " + VISITS
                + " times each, while a log is written at "
                + LINES_PER_SECOND + " lines/s; a step that is not reached fails the run";
    }

    @Override
    public String promise() {
        return "nothing lost";
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        try (Dea dea = Dea.start(Stage.folder(lab, name() + "-dea"));
                Stage stage = new Stage(lab, name(), settings(dea))) {
            LogWriter app = stage.log("app");
            LogWriter instance = stage.written(new LogWriter("instance", dea.log("instance")));
            stage.node().drain("file", "file://" + stage.node().folder().resolve("copy.log") + "?filter=systail.");
            // Of the noise, which is there to be evicted, nobody wants anything.
            stage.node().drain(Stage.DRAIN, stage.target().uri("systail.", "apptail.guid-instance", "apptail.guid-n"));
            stage.startWithApptail();
            fillJournal(stage, app);
            stage.write(app, LINES_PER_SECOND, MOST_UNDELIVERED);
            instance.start(LINES_PER_SECOND / 100);
            dea.announce("instance");
            var noise = new LogWriter("zoo", dea.log("zoo"));
            dea.announce("zoo");
            List<FaultPoint> points = points(lab);
            String dead = "";
            for (FaultPoint point : points) {
                String victim = victim(point);
                if (!dead.equals(victim)) {
                    revive(dead, stage.node());
                    stage.node().kill(victim);
                }
                if (point.step() == DurableStep.SEGMENT_THINNED) {
                    visitThinned(point, stage, noise, app);
                } else {
                    visit(point, victim, stage, dea, app);
                }
                dead = victim;
            }
            revive(dead, stage.node());
            return stage.finish(points.size(), Stage.Promise.NOTHING_LOST);
        }
    }

    /** So that segments are removed from now on. */
    private static void fillJournal(Stage stage, LogWriter app) throws IOException {
        while (app.written() < LINES_IN_JOURNAL) {
            app.write(MOST_UNDELIVERED);
            stage.awaitArrived(app, app.written() - 1);
        }
    }

    private static Map<String, String> settings(Dea dea) {
        return Stage.with(dea.settings(), "journal.max_bytes", "16MiB");
    }

    private static List<FaultPoint> points(Lab lab) {
        List<FaultPoint> points = new ArrayList<>();
        for (DurableStep step : DurableStep.values()) {
            for (int visit = 0; visit < VISITS; visit++) {
                points.add(
                        new FaultPoint(step, "", often(step) ? 1 + lab.random().nextInt(4) : 1));
            }
            if (lab.scale() == logyard.proof.Scale.LONG && step.name().startsWith("FILE_")) {
                FILES.forEach(file -> points.add(new FaultPoint(step, file, 1)));
            }
        }
        return points;
    }

    /** Whether it is done several times in a second. */
    private static boolean often(DurableStep step) {
        return switch (step) {
            case RECORDS_WRITTEN, RECORDS_SYNCED, EVENTS_ACKNOWLEDGED, CURSOR_NOTED, TARGET_SYNCED -> true;
            default -> false;
        };
    }

    private static void revive(String daemon, Node node) throws Exception {
        if (!daemon.isEmpty()) {
            node.launch(daemon, "", Map.of());
            node.awaitReady(daemon);
        }
    }

    /** Starts a daemon anew, in whatever state the last visit left it, and has it die at a point. */
    private static void visit(FaultPoint point, String victim, Stage stage, Dea dea, LogWriter app) throws Exception {
        prepare(point.step(), stage.node());
        stage.node().launch(victim, "-D" + FaultPoint.PROPERTY + "=" + point, Map.of());
        if (point.step() == DurableStep.SNAPSHOT_SAVED) {
            stage.node().awaitReady(victim);
            stage.node()
                    .tree()
                    .set(ConfigPath.SYSTAIL.child("max_record_size"), IntNode.valueOf(1000 + stage.faults()));
        }
        if (point.step() == DurableStep.INSTANCES_SAVED) {
            String name = "n" + stage.faults();
            LogWriter log = stage.written(new LogWriter(name, dea.log(name)));
            log.write(1);
            dea.announce(name);
        }
        awaitKilled(point, victim, stage, app);
    }

    /** An application fills the journal while somebody lags, who wants nothing of it. */
    private static void visitThinned(FaultPoint point, Stage stage, LogWriter noise, LogWriter app) throws Exception {
        stage.target().slowDown(SLOW_BYTES_PER_SECOND);
        stage.node().launch(Node.CORE, "-D" + FaultPoint.PROPERTY + "=" + point, Map.of());
        for (int i = 0; i < MOST_NOISE && stage.node().isAlive(Node.CORE); i++) {
            noise.write(NOISE_LINES);
            Patience.pause(NOISE_PAUSE);
        }
        awaitKilled(point, Node.CORE, stage, app);
        stage.target().slowDown(0);
    }

    private static void awaitKilled(FaultPoint point, String victim, Stage stage, LogWriter app) throws Exception {
        if (stage.node().awaitKilled(victim, Patience.LONG)) {
            stage.fault(app);
        } else {
            stage.problem(point + " was not reached by " + victim + " within " + Patience.LONG.toSeconds() + " s");
            stage.node().kill(victim);
        }
    }

    private static String victim(FaultPoint point) {
        if (point.step() == DurableStep.INSTANCES_SAVED) {
            return Node.APPTAIL;
        }
        boolean ofSystail = point.step() == DurableStep.POSITIONS_SAVED
                || point.step() == DurableStep.SNAPSHOT_SAVED
                || point.file().equals("positions.json");
        return ofSystail ? Node.SYSTAIL : Node.CORE;
    }

    /** Brings about what a daemon has to mend at its start. */
    private static void prepare(DurableStep step, Node node) throws IOException {
        List<Path> segments = node.segments();
        Path last = segments.get(segments.size() - 1);
        switch (step) {
            case TORN_END_CUT -> Files.write(last, TORN, java.nio.file.StandardOpenOption.APPEND);
            case HEADER_MENDED -> {
                try (var file = new RandomAccessFile(last.toFile(), "rw")) {
                    file.write('X');
                }
            }
            case SEGMENT_PUT_ASIDE -> {
                long end = Long.parseLong(last.getFileName().toString().substring(0, 20)) + Files.size(last);
                Path behind = last.resolveSibling(String.format(Locale.ROOT, "%020d.journal", end + 1000));
                Files.write(behind, new byte[100]);
            }
            case DAMAGED_PUT_ASIDE -> Files.write(node.state().resolve("cursors.json"), new byte[0]);
            default -> {} // what comes with the load
        }
    }
}
