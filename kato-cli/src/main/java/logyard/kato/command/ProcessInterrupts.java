package logyard.kato.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The signals of this process. Java tells of them by its shutdown, which for this lasts until the command has ended in
 * good order, with the command's own exit status.
 */
public final class ProcessInterrupts implements Interrupts {
    /** As long as a tree that does not answer takes to close, and a little more. */
    private static final long PATIENCE_SECONDS = 6;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int status = 1;

    @Override
    public void onInterrupt(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndEnd(stop), "interrupt"));
    }

    /** The command has ended and cleaned up: the process may go. */
    public void ended(int status) {
        this.status = status;
        ended.countDown();
    }

    private void stopAndEnd(Runnable stop) {
        stop.run();
        try {
            boolean unused = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status); // a process that ends by a signal would have another status
    }
}
