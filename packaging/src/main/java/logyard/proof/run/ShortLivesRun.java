package logyard.proof.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.node.Dea;
import logyard.proof.oracle.LogWriter;

/** Application instances that live for a moment from their announcement until their files are deleted. */
public final class ShortLivesRun implements Run {
    private static final int LINES = 10;

    @Override
    public String name() {
        return "short-lives";
    }

    @Override
    public String what() {
        return "application instances that live 50 to 500 ms from their announcement to the deletion of their files, with "
                + LINES + " lines each, the last one written right before the deletion";
    }

    @Override
    public String promise() {
        return "nothing lost, as long as apptail gets to open a file before it is deleted";
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        ScheduledExecutorService lives = Executors.newScheduledThreadPool(4);
        try (Dea dea = Dea.start(Stage.folder(lab, name() + "-dea"));
                Stage stage = new Stage(lab, name(), dea.settings())) {
            stage.startWithApptail();
            LogWriter first = stage.written(new LogWriter("first", dea.log("first")));
            dea.announce("first");
            first.write(1);
            stage.awaitArrived(first, 0);
            int instances = lab.times(20, 500);
            // In the short form, which is made while others use the machine, they live longer.
            int shortest = lab.scale().of(2000, 50);
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < instances; i++) {
                String name = "i" + i;
                LogWriter log = stage.written(new LogWriter(name, dea.log(name)));
                log.write(1);
                int life = shortest + lab.random().nextInt(450);
                ends.add(lives.schedule(() -> begin(dea, name, log), 20L * i, TimeUnit.MILLISECONDS));
                ends.add(lives.schedule(() -> end(dea, name, log), 20L * i + life, TimeUnit.MILLISECONDS));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            for (int i = 0; i < instances; i++) {
                stage.fault(first);
            }
            return stage.finish(
                    instances, Stage.Promise.NOTHING_LOST, Stage.Promise.NOTHING_REPEATED, Stage.Promise.IN_ORDER);
        } finally {
            lives.shutdownNow();
        }
    }

    private static void begin(Dea dea, String name, LogWriter log) {
        try {
            dea.announce(name);
            log.write(LINES - 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Dea dea, String name, LogWriter log) {
        try {
            log.write(1);
            dea.end(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
