package logyard.kato.log.stream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import logyard.kato.log.gap.AwaitedNodes;

/** The nodes that are to send to a stream that has just begun. One thread. */
public final class AllNodes {
    private static final long LOOK_MILLIS = 50;

    private final AwaitedNodes nodes;
    private final CompletableFuture<?> end;
    private final Duration patience;

    AllNodes(AwaitedNodes nodes, CompletableFuture<?> end, Duration patience) {
        this.nodes = nodes;
        this.end = end;
        this.patience = patience;
    }

    /** Waits until each node whose core runs sends to the stream; but not for ever, and not beyond the stream's end. */
    public void await() {
        await(nodes::areThere, patience);
    }

    /** Waits until something is so; but not longer than that, and not beyond the stream's end. */
    public void await(BooleanSupplier isSo, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!end.isDone() && !isSo.getAsBoolean() && System.nanoTime() - deadline < 0) {
            pause();
        }
    }

    /** Whether the stream has ended, so that nothing is to be waited for. */
    public boolean isOver() {
        return end.isDone();
    }

    private void pause() {
        try {
            Object unused = end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // the next look tells
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e); // nobody interrupts this thread
        }
    }
}
