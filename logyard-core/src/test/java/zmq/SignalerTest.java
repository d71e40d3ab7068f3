package zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import zmq.util.Errno;

class SignalerTest {
    /** Else whoever polls would do so over and over until the sender has come further; with JeroMQ's class it is seen here. */
    @Test
    void whoIsWokenFindsTheSignal() throws Exception {
        int signals = 20_000;
        var ctx = new Ctx();
        var signaler = new Signaler(ctx, 1, new Errno());
        var next = new Semaphore(1);
        var sender = new Thread(() -> {
            for (int i = 0; i < signals; i++) {
                next.acquireUninterruptibly();
                signaler.send();
            }
        });
        sender.start();
        int wokenForNothing = 0;
        try (Selector selector = Selector.open()) {
            signaler.getFd().register(selector, SelectionKey.OP_READ);
            for (int received = 0; received < signals; ) {
                selector.select();
                selector.selectedKeys().clear();
                if (signaler.waitEvent(0)) {
                    signaler.recv();
                    received++;
                    next.release();
                } else {
                    wokenForNothing++;
                }
            }
        } finally {
            sender.join();
            signaler.close();
            ctx.terminate();
        }

        assertThat(wokenForNothing).isZero();
    }
}
