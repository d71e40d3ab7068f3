package logyard.drains;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.MessageFormat;
import logyard.core.event.Message;

/** What drains are given in tests. */
public final class Batches {
    private Batches() {}

    /** A batch of events with these values, as JSON lines. */
    public static DrainBatch of(String... values) {
        return events(Arrays.stream(values)
                .map(value -> ("systail.dea.1 " + value).getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    /** A batch of events, {@code <key> SP <value>}, as JSON lines. */
    public static DrainBatch events(byte[]... events) {
        var batch = new DrainBatch();
        var message = new Message();
        for (byte[] event : events) {
            message.pointAt(event, 0, event.length);
            try {
                batch.add(message, 1, MessageFormat.JSON);
            } catch (MessageFormat.UnformattableException e) {
                throw new AssertionError(e);
            }
        }
        return batch;
    }

    /** Does something where a drain wants it done. */
    public static <T> CompletableFuture<T> on(Drain drain, Supplier<CompletionStage<T>> call) {
        var result = new CompletableFuture<T>();
        drain.executor()
                .execute(() -> call.get().whenComplete((value, error) -> {
                    if (error == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(error);
                    }
                }));
        return result;
    }

    public static DrainSpec spec(String uri) {
        return DrainSpec.parse("mine", uri, Map.of());
    }

    public static DrainEnvironment allowing(Path... folders) {
        return new DrainEnvironment(List.of(folders), () -> "");
    }
}
