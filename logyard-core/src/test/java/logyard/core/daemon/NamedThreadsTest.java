package logyard.core.daemon;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamedThreadsTest {
    private final ScheduledExecutorService scheduler = NamedThreads.scheduler("test");

    @AfterEach
    void stop() {
        NamedThreads.stop(scheduler);
    }

    @Test
    void goesOnWithAScheduleWhoseTaskFails() throws InterruptedException {
        var runs = new CountDownLatch(6);
        Runnable failing = () -> {
            runs.countDown();
            throw new IllegalStateException("a bug of the test");
        };

        scheduler.scheduleAtFixedRate(failing, 0, 1, MILLISECONDS);
        scheduler.scheduleWithFixedDelay(failing, 0, 1, MILLISECONDS);

        assertThat(runs.await(60, SECONDS)).isTrue();
    }

    @Test
    void leavesAnErrorToTheHandlerOfUncaughtExceptions() throws Exception {
        var uncaught = new CompletableFuture<Throwable>();
        Error error = new StackOverflowError("of the test");
        Runnable failing = () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.complete(e));
            throw error;
        };

        scheduler.schedule(failing, 1, MILLISECONDS);

        assertThat(uncaught.get(60, SECONDS)).isSameAs(error);
    }
}
