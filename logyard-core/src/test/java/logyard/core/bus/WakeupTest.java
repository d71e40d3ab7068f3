package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WakeupTest {
    private final Wakeup wakeup = new Wakeup();
    private Selector selector;

    @BeforeEach
    void watch() throws IOException {
        selector = Selector.open();
        wakeup.channel().register(selector, SelectionKey.OP_READ);
    }

    @AfterEach
    void close() throws IOException {
        wakeup.close();
        selector.close();
    }

    private boolean isAwake() throws IOException {
        selector.selectedKeys().clear();
        return selector.selectNow() > 0;
    }

    @Test
    void lastsUntilItIsNoticed() throws Exception {
        assertThat(isAwake()).isFalse();
        wakeup.wake();
        wakeup.wake();
        assertThat(isAwake()).isTrue();

        wakeup.reset();

        assertThat(isAwake()).isFalse();
        wakeup.wake();
        assertThat(isAwake()).isTrue();
    }

    /** Else one interrupted caller would deafen the thread for good. */
    @Test
    void survivesAnInterruptedCaller() throws Exception {
        Thread.currentThread().interrupt();
        wakeup.wake();
        assertThat(Thread.interrupted()).isTrue();
        wakeup.reset();

        wakeup.wake();

        assertThat(isAwake()).isTrue();
        wakeup.reset();
        assertThat(isAwake()).isFalse();
    }

    @Test
    void doesNothingWhenTheThreadIsGone() {
        wakeup.close();

        wakeup.wake();
        wakeup.wake();
    }

    @Test
    void losesNoWork() throws Exception {
        int total = 20_000;
        var work = new AtomicInteger();
        var oneAtATime = new Semaphore(2);
        var worker = new Thread(() -> {
            for (int i = 0; i < total; i++) {
                oneAtATime.acquireUninterruptibly();
                work.incrementAndGet();
                wakeup.wake();
            }
        });
        worker.start();

        int done = 0;
        while (done < total) {
            assertThat(selector.select(60_000))
                    .as("after %d of %d", done, total)
                    .isPositive();
            selector.selectedKeys().clear();
            wakeup.reset();
            int found = work.getAndSet(0);
            done += found;
            oneAtATime.release(found);
        }
        worker.join();
    }
}
