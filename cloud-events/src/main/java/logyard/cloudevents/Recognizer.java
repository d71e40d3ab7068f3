package logyard.cloudevents;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;
import logyard.core.bus.Missed;
import logyard.core.bus.WarningLimit;
import logyard.core.event.ByteBuilder;
import logyard.core.event.JsonText;
import logyard.core.event.Message;
import logyard.core.relay.Relay;
import logyard.core.sieve.CloudEvent;
import logyard.core.sieve.MalformedLineException;
import logyard.core.sieve.SystailLine;
import logyard.core.sieve.handler.HandlerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of the lines that the core hands out. One thread.
 *
 * <p>Only lines of the stream {@code systail} are looked at, so that no event makes another; and none of its own log, so
 * that what it tells of a line does not come round again.
 */
final class Recognizer implements Relay.Maker {
    /** All that it reads. */
    static final String STREAM = "systail.";

    private static final Logger log = LoggerFactory.getLogger(Recognizer.class);

    private static final byte[] PREFIX = bytes(STREAM);
    private static final byte[] OWN_PREFIX = bytes(STREAM + CloudEvents.PROCESS + ".");

    /** Of a line that is told of. */
    private static final int MOST_SHOWN = 200;

    private final LiveSieve sieve;
    private final EventOutlet outlet;
    private final ZoneId zone;
    private final Counts counts;
    private final SystailLine line = new SystailLine();
    private final WarningLimit malformedWarnings = new WarningLimit(System::nanoTime);
    private final WarningLimit failureWarnings = new WarningLimit(System::nanoTime);
    private final WarningLimit lossWarnings = new WarningLimit(System::nanoTime);
    private final WarningLimit dropWarnings = new WarningLimit(System::nanoTime);

    Recognizer(LiveSieve sieve, EventOutlet outlet, ZoneId zone, Counts counts) {
        this.sieve = sieve;
        this.outlet = outlet;
        this.zone = zone;
        this.counts = counts;
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void make(Message message, Relay.Output output) {
        if (!message.keyStartsWith(PREFIX) || message.keyStartsWith(OWN_PREFIX)) {
            return;
        }
        byte[] frame = message.bytes();
        counts.line();
        try {
            line.read(frame, message.valueStart(), message.valueLength());
            Optional<CloudEvent> event = sieve.current().recognize(line);
            if (event.isPresent() && !outlet.add(event.get(), line, zone, output) && dropWarnings.isDue()) {
                log.warn("Lost events that are too large, {} since the start", counts.dropped());
            }
        } catch (MalformedLineException e) {
            counts.malformedLine();
            if (malformedWarnings.isDue()) {
                log.warn(
                        "Ignoring what is no line of systail, {} since the start: {}: {}",
                        counts.malformed(),
                        e.reason(),
                        shown(message.start(), message.end(), frame));
            }
        } catch (HandlerException e) {
            counts.failedLine();
            if (failureWarnings.isDue()) {
                log.warn(
                        "No event of a line that a spec recognises, {} such since the start: {}: {}",
                        counts.failed(),
                        e.reason(),
                        shown(message.valueStart(), message.end(), frame));
            }
        }
    }

    @Override
    public void missed(Missed lines) {
        counts.lost(lines);
        if (lossWarnings.isDue()) {
            log.error(
                    "Lost lines that left the journal, {}, or were damaged in it, {}, or never got there, {}, since the"
                            + " start; there are no events of them",
                    counts.evicted(),
                    counts.damaged(),
                    counts.unstored());
        }
    }

    /** The beginning, with control characters escaped, so that it stays on one line of the log. */
    private static String shown(int start, int end, byte[] frame) {
        var shown = new ByteBuilder(MOST_SHOWN * 2);
        JsonText.append(frame, start, Math.min(end - start, MOST_SHOWN), shown);
        return shown.toString();
    }
}
