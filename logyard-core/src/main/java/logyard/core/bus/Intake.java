package logyard.core.bus;

import java.util.Optional;
import java.util.function.Consumer;
import logyard.core.event.BatchFrame;
import logyard.core.event.MalformedFrameException;
import logyard.core.event.Message;
import logyard.core.event.StreamPositions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of each frame that came in: handed on and forwarded, refused for now, or dropped. One thread. */
final class Intake {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final Ingest.Receiver receiver;
    private final PendingAcknowledgements acknowledgements;
    private final IngestCounters counters;
    private final StreamGate gate;
    private final WarningLimit warnings = new WarningLimit(System::nanoTime);
    private final Message message = new Message();

    Intake(
            Ingest.Receiver receiver,
            StreamPositions positions,
            PendingAcknowledgements acknowledgements,
            IngestCounters counters) {
        this.receiver = receiver;
        this.acknowledgements = acknowledgements;
        this.counters = counters;
        this.gate = new StreamGate(positions, acknowledgements, counters, System::nanoTime);
    }

    /** Takes a frame; what of it is handed on goes to {@code subscribers}, too. */
    void take(byte[] frame, Consumer<byte[]> subscribers) {
        if (BatchFrame.isBatch(frame)) {
            counters.batches.increment();
            try {
                takeBatch(BatchFrame.parse(frame), subscribers);
            } catch (MalformedFrameException e) {
                drop(e.reason());
            }
        } else if (message.pointAt(frame, 0, frame.length)) {
            takeEvent(frame, subscribers);
        } else {
            drop("a frame without a key");
        }
    }

    private void takeBatch(BatchFrame batch, Consumer<byte[]> subscribers) {
        Optional<BatchFrame> next = gate.admit(batch);
        if (next.isEmpty()) {
            return;
        }
        BatchFrame admitted = next.get();
        if (receiver.take(admitted.bytes())) {
            gate.taken(admitted);
            acknowledgements.taken(admitted.client(), admitted.stream(), admitted.end());
            subscribers.accept(admitted.bytes());
        } else {
            gate.notTaken(admitted);
        }
    }

    private void takeEvent(byte[] frame, Consumer<byte[]> subscribers) {
        if (receiver.take(frame)) {
            subscribers.accept(frame);
        } else {
            counters.unstoredEvents.increment();
            if (warnings.isDue()) {
                log.warn("Lost an event that could not be stored ({} such so far)", counters.unstoredEvents());
            }
        }
    }

    /** A frame that is no event. */
    void drop(String what) {
        counters.malformedFrames.increment();
        if (warnings.isDue()) {
            log.warn("Dropped {} from the bus ({} such so far)", what, counters.malformedFrames());
        }
    }

    /** A frame whose content was thrown away, since too much waits to be taken. */
    void overflow() {
        counters.overflowedFrames.increment();
        if (warnings.isDue()) {
            log.warn("Dropped a frame, faster than it can be stored ({} such so far)", counters.overflowedFrames());
        }
    }
}
