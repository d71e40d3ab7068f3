package logyard.kato.log.drain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import logyard.core.drain.Steps;

/** The steps of a test as they are shown, each with the time it took. Any thread. */
final class ProbeSteps implements Steps {
    private final Consumer<String> lines;
    private final ArrayNode done = JsonNodeFactory.instance.arrayNode();
    private String step = "";
    private String remedy = "";
    private long beganNanos;

    ProbeSteps(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void begins(String step, String remedy) {
        this.step = step;
        this.remedy = remedy;
        beganNanos = System.nanoTime();
    }

    @Override
    public synchronized void done(String result) {
        if (!step.isEmpty()) {
            show(result);
            step = "";
        }
    }

    /** The step that began last did not succeed; returns its name and what to do. */
    synchronized String failed(String reason) {
        String failed = step.isEmpty() ? "test" : step;
        show("FAILED");
        return failed + " failed: " + reason + (remedy.isEmpty() ? "" : "; " + remedy);
    }

    private void show(String result) {
        double seconds = Duration.ofNanos(System.nanoTime() - beganNanos).toNanos() / 1e9;
        lines.accept(String.format(Locale.ROOT, "%-10s %7.3f s  %s", step, seconds, result)
                .stripTrailing());
        done.addObject()
                .put("step", step)
                .put("seconds", Math.round(seconds * 1000) / 1000.0)
                .put("result", result);
    }

    synchronized ArrayNode json() {
        return done.deepCopy();
    }
}
