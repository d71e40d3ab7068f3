package logyard.drains;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;

/** An open file, written to on a thread of its own, since a disk may let one wait. */
final class FileDrain implements Drain {
    private final FileChannel file;
    private final ExecutorService thread;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    FileDrain(FileChannel file, ExecutorService thread) {
        this.file = file;
        this.thread = thread;
    }

    @Override
    public Executor executor() {
        return thread;
    }

    @Override
    public CompletionStage<Void> write(DrainBatch batch) {
        try {
            long before = file.size();
            try {
                writeAll(ByteBuffer.wrap(batch.bytes(), 0, batch.length()));
            } catch (IOException e) {
                file.truncate(before); // half a batch would be followed by the whole one
                throw e;
            }
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int unused = file.write(bytes);
        }
    }

    @Override
    public CompletionStage<Void> failure() {
        return failure;
    }

    @Override
    public CompletionStage<Boolean> close() {
        thread.shutdown();
        try {
            file.close();
            return CompletableFuture.completedFuture(true);
        } catch (IOException e) {
            return CompletableFuture.completedFuture(false);
        }
    }
}
