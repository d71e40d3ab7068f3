package logyard.core.supervision;

import logyard.core.drain.DrainBatch;

/** A batch that is being written, or waits for those before it. One thread. */
final class InFlight {
    final DrainBatch batch;
    final Window.Written written;
    boolean done;

    InFlight(DrainBatch batch, Window.Written written) {
        this.batch = batch;
        this.written = written;
    }
}
