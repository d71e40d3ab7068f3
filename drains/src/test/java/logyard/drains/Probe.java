package logyard.drains;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainType;
import logyard.core.drain.Steps;
import logyard.core.event.Message;

/** What {@code kato log drain test} does with a type: one line, {@code a test}; and the steps that were told of it. */
final class Probe implements Steps {
    private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void begins(String step, String remedy) {
        begun.add(step);
        told.add(step);
    }

    @Override
    public void done(String result) {
        told.add("ok");
    }

    /** The steps that began. */
    List<String> begun() {
        return begun;
    }

    /** The same, with {@code ok} wherever one was said to be done. */
    List<String> told() {
        return told;
    }

    /**
     * Tries a target, and closes the type.
     *
     * @param folder where its files may be, and its secrets are
     */
    void run(DrainType type, String uri, Path folder) throws Exception {
        var event = new Message();
        byte[] frame = "systail.kato-test a test".getBytes(UTF_8);
        event.pointAt(frame, 0, frame.length);
        var environment = new DrainEnvironment(List.of(folder), () -> "", folder).watchedBy(this);
        try (type) {
            type.probe(Batches.spec(uri), environment, event).get(60, SECONDS);
        }
    }
}
