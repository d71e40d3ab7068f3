package logyard.core.drain;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The end of a probe that is the same for all types: sends one batch through an open drain, and closes it. */
final class Probing {
    private Probing() {}

    static CompletableFuture<Void> sendAndClose(Drain drain, Steps steps, DrainBatch line) {
        var ended = new CompletableFuture<Void>();
        drain.executor().execute(() -> {
            steps.done(drain.toString());
            steps.begins("send", "look at the log of the target");
            if (line.length() > drain.maxEventBytes()) {
                ended.completeExceptionally(new IOException(
                        "the line has " + line.length() + " bytes, the target takes " + drain.maxEventBytes()));
                drain.close();
                return;
            }
            drain.write(line).whenComplete((written, error) -> {
                if (error == null) {
                    steps.done(line.length() + " bytes");
                    steps.begins("close", "look at the log of the target");
                }
                drain.close().whenComplete((hasAll, closeError) -> {
                    if (error != null) {
                        ended.completeExceptionally(
                                error instanceof CompletionException && error.getCause() != null
                                        ? error.getCause()
                                        : error);
                    } else {
                        steps.done(
                                Boolean.TRUE.equals(hasAll)
                                        ? "the target has taken everything"
                                        : "the target does not say whether it has the line");
                        ended.complete(null);
                    }
                });
            });
        });
        return ended;
    }
}
