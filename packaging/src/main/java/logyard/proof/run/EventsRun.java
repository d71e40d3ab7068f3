package logyard.proof.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Map;
import logyard.config.ConfigPath;
import logyard.proof.Lab;
import logyard.proof.Run;
import logyard.proof.Scorecard;
import logyard.proof.Stage;
import logyard.proof.node.Node;
import logyard.proof.node.Patience;
import logyard.proof.oracle.LogWriter;

/** kill -9 of cloud_events at random moments, while each line gives an event that holds it. */
public final class EventsRun implements Run {
    private static final int LINES_PER_SECOND = 1000;
    private static final int LONGEST_MILLIS = 1500;
    private static final String LOG = "app";

    @Override
    public String name() {
        return "cloud-events";
    }

    @Override
    public String what() {
        return "kill -9 of cloud-events at random moments, up to " + LONGEST_MILLIS
                + " ms after it was started, or after a new event has come through it, while a log is written at "
                + LINES_PER_SECOND + " lines/s of which each gives an event";
    }

    @Override
    public String promise() {
        return "each line gives one event, in order";
    }

    @Override
    public Scorecard on(Lab lab) throws Exception {
        try (Stage stage = new Stage(lab, name(), Map.of())) {
            LogWriter app = stage.log(LOG);
            stage.node()
                    .tree()
                    .set(
                            ConfigPath.CLOUD_EVENTS.child("events").child(LOG).child("proof"),
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("substring", "p " + LOG + " ")
                                    .put("regex", "(?s)^.*$")
                                    .put("format", "$0"));
            stage.node().drain(Stage.DRAIN, stage.target().uri("event.proof"));
            stage.start();
            stage.node().start(Node.CLOUD_EVENTS);
            app.start(LINES_PER_SECOND);
            int kills = lab.times(2, 200);
            for (int i = 0; i < kills; i++) {
                if (i % 2 == 0) { // else while it starts
                    stage.awaitArrived(app, app.written());
                }
                Patience.pause(Duration.ofMillis(lab.random().nextInt(LONGEST_MILLIS)));
                stage.node().kill(Node.CLOUD_EVENTS);
                stage.fault(app);
                stage.node().launch(Node.CLOUD_EVENTS, "", Map.of());
            }
            stage.node().awaitReady(Node.CLOUD_EVENTS);
            return stage.finish(
                    kills, Stage.Promise.NOTHING_LOST, Stage.Promise.NOTHING_REPEATED, Stage.Promise.IN_ORDER);
        }
    }
}
