package logyard.core;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import logyard.core.bus.Ingest;
import logyard.core.event.BatchFrame;
import logyard.core.journal.Commit;
import logyard.core.journal.Journal;
import logyard.core.router.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the bus into the journal, and from there to the drains. What the journal cannot take is not handed on either: its
 * publisher keeps it and sends it again. On the thread {@code ingest}.
 */
final class EventPath implements Ingest.Receiver {
    private static final Logger log = LoggerFactory.getLogger(EventPath.class);

    private final Journal journal;
    private final Router router;
    private final Commit commit;
    private final LongAdder refused = new LongAdder();
    private long refusedBefore;
    private boolean full;

    EventPath(Journal journal, Router router, Commit commit) {
        this.journal = journal;
        this.router = router;
        this.commit = commit;
    }

    @Override
    public boolean take(byte[] frame) {
        try {
            router.route(journal.append(frame), frame);
            if (full) {
                full = false;
                log.info(
                        "The journal takes events again; {} frames were refused meanwhile",
                        refused.sum() - refusedBefore);
                refusedBefore = refused.sum();
            }
            return true;
        } catch (IOException e) {
            refused.increment();
            complain(e);
            if (!BatchFrame.isBatch(frame)) {
                router.lost(frame); // nobody sends it again
            }
            return false;
        }
    }

    @Override
    public void caughtUp() {
        try {
            journal.flush();
        } catch (IOException e) {
            complain(e); // what is buffered is written with the next attempt
        }
        commit.appended();
        router.wake();
    }

    /** Frames that the journal did not take, since the start. Any thread. */
    long refusedFrames() {
        return refused.sum();
    }

    private void complain(IOException e) {
        if (!full) {
            full = true;
            log.error("The journal takes no events, publishers have to wait: {}", e.getMessage());
        }
    }
}
