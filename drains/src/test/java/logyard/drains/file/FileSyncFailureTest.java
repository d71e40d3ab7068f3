package logyard.drains.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import logyard.core.daemon.NamedThreads;
import logyard.core.drain.DrainBatch;
import logyard.core.journal.DiskChannel;
import logyard.drains.Batches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that says at a sync that it could not write, and at the next that all is well, as Linux does: what it dropped in
 * between must not count as taken.
 */
class FileSyncFailureTest {
    @TempDir
    Path folder;

    private final AtomicInteger failingSyncs = new AtomicInteger();
    private final ScheduledExecutorService thread = NamedThreads.scheduler("drain-mine");
    private Path path;

    @BeforeEach
    void place() {
        path = folder.resolve("all.log");
    }

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    private OpenFile open(boolean empty) throws IOException {
        FileChannel real = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var channel = new DiskChannel(real) {
            @Override
            public void force(boolean metaData) throws IOException {
                if (failingSyncs.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new IOException("Input/output error");
                }
                super.force(metaData);
            }
        };
        return new OpenFile(
                channel,
                path,
                Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    }

    @Test
    void whatFailedOnceFailsAlways() throws IOException {
        try (OpenFile file = open(false)) {
            file.append("1\n".getBytes(UTF_8), 0, 2);
            failingSyncs.set(1);

            assertThatThrownBy(file::sync).hasMessageContaining("sync " + path + ": Input/output error");
            assertThatThrownBy(file::sync).hasMessageContaining("it failed before");
        }
    }

    @Test
    void whatWasNotSyncedIsNotTakenAndNotLeftInTheFile() throws Exception {
        FileDrain drain = CompletableFuture.supplyAsync(this::drain, thread).get(60, SECONDS);
        on(drain, Batches.of("{\"n\":1}")).get(60, SECONDS);

        failingSyncs.set(1);
        CompletableFuture<Void> written = on(drain, Batches.of("{\"n\":2}"));

        assertThatThrownBy(() -> written.get(60, SECONDS)).hasMessageContaining("Input/output error");
        assertThatThrownBy(() -> drain.failure().toCompletableFuture().get(60, SECONDS))
                .hasMessageContaining("Input/output error");
        CompletableFuture<Boolean> closed =
                CompletableFuture.supplyAsync(drain::close, thread).thenCompose(taken -> taken);
        assertThat(closed.get(60, SECONDS)).isFalse();
        assertThat(path).hasContent("{\"n\":1}\n"); // and the second comes again, once
    }

    private FileDrain drain() {
        try {
            return FileDrain.open(
                    "mine", FileSettings.of(Batches.spec("file://" + path + "?format=json")), this::open, thread);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CompletableFuture<Void> on(FileDrain drain, DrainBatch batch) {
        return CompletableFuture.supplyAsync(() -> drain.write(batch), drain.executor())
                .thenCompose(written -> written);
    }
}
