package logyard.core.tail.file;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class FileChangesTest {
    private static final long LONG = SECONDS.toNanos(30);

    @TempDir
    private Path dir;

    private final AtomicLong nanos = new AtomicLong();
    private FileChanges changes = new FileChanges(FileSystems.getDefault()::newWatchService, nanos::get);
    private final Told told = new Told();

    /** Counts what it is told. */
    private static final class Told implements FileChanges.Listener {
        final AtomicInteger contents = new AtomicInteger();
        final AtomicInteger names = new AtomicInteger();

        @Override
        public void contentChanged() {
            contents.incrementAndGet();
        }

        @Override
        public void nameChanged() {
            names.incrementAndGet();
        }
    }

    @AfterEach
    void close() throws IOException {
        changes.close();
    }

    @Test
    void aWriteEndsTheWait() throws IOException {
        Path file = Files.createFile(dir.resolve("a.log"));
        changes.watch(file, FileTree.WHOLE, told);

        write(file);
        changes.await(LONG);

        assertThat(told.contents).hasPositiveValue();
    }

    @Test
    void creationAndDeletionEndTheWait() throws IOException {
        Path file = dir.resolve("a.log");
        changes.watch(file, FileTree.WHOLE, told);

        Files.createFile(file);
        changes.await(LONG);
        assertThat(told.names).hasValue(1);

        Files.delete(file);
        awaitNames(2);
    }

    @Test
    void aWriteToTheRotatedFileConcernsItsLog() throws IOException {
        Path rotated = Files.createFile(dir.resolve("a.log.1"));
        changes.watch(dir.resolve("a.log"), FileTree.WHOLE, told);

        write(rotated);
        changes.await(LONG);

        assertThat(told.contents).hasPositiveValue();
        assertThat(told.names).hasValue(0);
    }

    @Test
    void otherFilesConcernNobody() throws IOException {
        Path other = Files.createFile(dir.resolve("b.log"));
        changes.watch(dir.resolve("a.log"), FileTree.WHOLE, told);

        write(other);
        changes.await(LONG);

        assertThat(told.contents).hasValue(0);
        assertThat(told.names).hasValue(0);
    }

    @Test
    void theFileBehindALinkIsWatchedToo() throws IOException {
        Path real = Files.createFile(Files.createDirectory(dir.resolve("real")).resolve("x.log"));
        Path link = Files.createSymbolicLink(
                Files.createDirectory(dir.resolve("links")).resolve("a.log"), real);
        changes.watch(link, FileTree.WHOLE, told);

        write(real);
        changes.await(LONG);
        assertThat(told.contents).hasPositiveValue();

        Files.delete(link);
        awaitNames(1);
    }

    @Test
    void aWakeUpEndsTheWait() throws InterruptedException {
        var waiter = new Thread(() -> changes.await(LONG), "waiter");
        waiter.start();

        await().untilAsserted(() -> assertThat(waiter.getState()).isEqualTo(Thread.State.TIMED_WAITING));
        changes.wakeUp();

        waiter.join(SECONDS.toMillis(60));
        assertThat(waiter.isAlive()).isFalse();
    }

    @Test
    void aWakeUpBeforeTheWaitEndsIt() {
        changes.wakeUp();

        changes.await(LONG);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whenThereWasTooMuchToTellEveryFileIsLookedAt() throws IOException {
        changes.watch(dir.resolve("quiet.log"), FileTree.WHOLE, told);

        for (int round = 0; changes.overflows() == 0; round++) { // until the JVM's thread had all to tell in one go
            for (int i = 0; i < 5000; i++) {
                Files.createFile(dir.resolve("other" + round + "-" + i));
            }
            changes.await(LONG);
        }

        assertThat(told.names).hasPositiveValue();
    }

    @Test
    void aDirectoryThatIsDeletedAndMadeAgainIsWatchedAgain() throws IOException {
        Path sub = Files.createDirectory(dir.resolve("sub"));
        PathWatch watch = changes.watch(sub.resolve("a.log"), FileTree.WHOLE, told);
        Files.delete(sub);
        awaitNames(1);
        assertThat(watch.isStale()).isTrue();

        Files.createDirectory(sub);
        watch.renew();
        assertThat(watch.isStale()).isFalse();
        Files.createFile(sub.resolve("a.log"));

        awaitNames(2);
    }

    @Test
    void aDirectoryWithManyWritesIsPolledUntilItIsQuiet() throws IOException {
        Path file = Files.createFile(dir.resolve("a.log"));
        PathWatch watch = changes.watch(file, FileTree.WHOLE, told);
        assertThat(watch.isAttentive()).isTrue();
        assertThat(watch.pause(LONG)).isEqualTo(LONG);

        while (watch.isAttentive()) {
            write(file);
            changes.await(LONG);
        }
        assertThat(watch.pause(LONG)).isLessThan(MILLISECONDS.toNanos(10));
        nanos.addAndGet(SECONDS.toNanos(1));
        changes.await(0);

        assertThat(watch.isAttentive()).isTrue();
    }

    @Test
    void withoutWatchesTheWaitEndsInTimeAndTheyAreAskedForAgainOnceAMinute() throws IOException {
        var attempts = new AtomicInteger();
        changes = new FileChanges(
                () -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new IOException("User limit of inotify instances reached or too many open files");
                    }
                    return FileSystems.getDefault().newWatchService();
                },
                nanos::get);
        PathWatch watch = changes.watch(dir.resolve("a.log"), FileTree.WHOLE, told);

        changes.await(1);
        assertThat(watch.isAttentive()).isFalse();
        nanos.addAndGet(SECONDS.toNanos(61));
        changes.await(1);
        assertThat(watch.isAttentive()).isFalse();
        nanos.addAndGet(SECONDS.toNanos(61));
        changes.await(1);

        assertThat(attempts).hasValue(3);
        assertThat(watch.isAttentive()).isTrue();
    }

    @Test
    void aWatchThatIsClosedTellsNothingMore() throws IOException {
        PathWatch watch = changes.watch(dir.resolve("a.log"), FileTree.WHOLE, told);

        watch.close();
        Files.createFile(dir.resolve("a.log"));
        changes.await(MILLISECONDS.toNanos(50));

        assertThat(told.names).hasValue(0);
    }

    private void awaitNames(int count) {
        while (told.names.get() < count) {
            changes.await(LONG);
        }
    }

    private static void write(Path file) throws IOException {
        Files.writeString(file, "x", StandardOpenOption.APPEND);
    }
}
