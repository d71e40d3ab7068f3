package logyard.core.drain;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import logyard.core.event.Message;
import org.jspecify.annotations.Nullable;

/** The end of a probe that is the same for all types: sends one event through an open drain, and closes it. */
final class Probing {
    private final Drain drain;
    private final DrainSpec spec;
    private final Steps steps;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Probing(Drain drain, DrainSpec spec, Steps steps) {
        this.drain = drain;
        this.spec = spec;
        this.steps = steps;
    }

    CompletableFuture<Void> sendAndClose(Message event) {
        drain.executor().execute(() -> send(event));
        return ended;
    }

    private void send(Message event) {
        steps.done(drain.toString());
        steps.begins("send", "look at the log of the target");
        DrainBatch line;
        try {
            line = DrainBatch.single(event, drain.format(spec), drain.maxEventBytes());
        } catch (MessageFormat.UnformattableException e) {
            close(new InvalidDrainException("its format cannot take the line: " + e.getMessage()));
            return;
        }
        drain.write(line).whenComplete((written, error) -> {
            if (error == null) {
                steps.done(line.length() + " bytes");
                steps.begins("close", "look at the log of the target");
            }
            close(error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
        });
    }

    private void close(@Nullable Throwable error) {
        drain.close().whenComplete((hasAll, closeError) -> {
            if (error != null) {
                ended.completeExceptionally(error);
            } else {
                steps.done(
                        Boolean.TRUE.equals(hasAll)
                                ? "the target has taken everything"
                                : "the target does not say whether it has the line");
                ended.complete(null);
            }
        });
    }
}
