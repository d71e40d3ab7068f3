package logyard.core.bus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongSupplier;
import logyard.core.bus.ReadReply.Problem;
import logyard.core.event.BatchFrame;
import logyard.core.event.MalformedFrameException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a named subscriber says to the core and hears from it, without the socket. One thread.
 *
 * <p>A session begins with each connection, and when the core does not know the one before. What is asked is asked again
 * when nothing is heard for a while.
 */
final class ReadSession {
    private static final Logger log = LoggerFactory.getLogger(ReadSession.class);

    static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    /** Added to that after a refusal: somebody has to make room, or to mend something. */
    static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

    private final String subscriber;
    private final List<String> prefixes;
    private final int credit;
    private final Runnable begun;
    private final LongSupplier nanoTime;

    private String id = "";
    private boolean isDue;
    private boolean isKnown;
    private long received;
    private long acknowledged;
    private long quietSince;
    private Optional<Problem> over = Optional.empty();

    /** @param begun is called each time the core has let a session begin; must not wait */
    ReadSession(String subscriber, List<String> prefixes, int credit, Runnable begun, LongSupplier nanoTime) {
        this.subscriber = subscriber;
        this.prefixes = prefixes;
        this.credit = credit;
        this.begun = begun;
        this.nanoTime = nanoTime;
    }

    /** There is a new connection, on the other side of which nobody knows us. */
    void connected() {
        id = UUID.randomUUID().toString();
        isKnown = false;
        received = 0;
        acknowledged = 0;
        isDue = true;
        quietSince = nanoTime.getAsLong();
    }

    /** Why there will be nothing more, if so. */
    Optional<Problem> over() {
        return over;
    }

    /** What is to be sent now; {@link #sent} is to be called once it is. */
    Optional<byte[]> due() {
        boolean quiet = !id.isEmpty() && nanoTime.getAsLong() - quietSince > ASK_AGAIN.toNanos();
        if (over.isPresent() || !(isDue || quiet)) {
            return Optional.empty();
        }
        OptionalLong done = isKnown ? OptionalLong.of(acknowledged) : OptionalLong.empty();
        return Optional.of(new ReadRequest(subscriber, id, prefixes, done, credit, false).toFrame());
    }

    /** What was due is on its way. */
    void sent() {
        isDue = false;
        quietSince = nanoTime.getAsLong();
    }

    /** Takes an answer of the core; a delivery if it is one, and was not received before. */
    Optional<Delivery> take(byte[] header, byte[] batch) throws MalformedFrameException {
        ReadReply reply = ReadReply.parse(header);
        boolean ours = reply.session().equals(id)
                || (reply.session().isEmpty() && reply.problem().isPresent());
        if (!ours) {
            return Optional.empty(); // of the session before
        }
        quietSince = nanoTime.getAsLong();
        if (reply.problem().isPresent()) {
            take(reply.problem().get());
            return Optional.empty();
        }
        if (!isKnown) {
            isKnown = true;
            begun.run();
        }
        if (reply.number() != received + 1) {
            return Optional.empty();
        }
        Optional<BatchFrame> events = batch.length == 0 ? Optional.empty() : Optional.of(BatchFrame.parse(batch));
        received++;
        return Optional.of(new Delivery(id, received, reply.journal(), reply.missed(), events));
    }

    private void take(Problem problem) {
        switch (problem.reason()) {
            case UNKNOWN -> connected();
            case REFUSED -> {
                log.error("Cannot read as {}, trying again in a minute: {}", subscriber, problem.text());
                connected();
                isDue = false;
                quietSince += AFTER_REFUSAL.toNanos();
            }
            case REPLACED -> {
                over = Optional.of(problem);
                log.error("Reading no more as {}: {}", subscriber, problem.text());
            }
        }
    }

    /** All deliveries up to this one are done with; nothing changes if it is of a session before. */
    void acknowledge(Delivery delivery) {
        if (delivery.session().equals(id) && delivery.number() > acknowledged) {
            acknowledged = delivery.number();
            isDue = true;
        }
    }
}
