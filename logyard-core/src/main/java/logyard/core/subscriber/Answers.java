package logyard.core.subscriber;

import java.util.UUID;
import logyard.core.bus.ReadReply;
import logyard.core.bus.ReadReply.Reason;
import logyard.core.subscriber.Subscriber.Outgoing;

/**
 * What clients are told that is no delivery.
 *
 * @param journal names the journal
 */
record Answers(UUID journal) {
    private static final byte[] NO_BATCH = {};

    /** The core is there, and the session goes on. */
    Outgoing nothing(String client, String session) {
        return new Outgoing(client, ReadReply.nothing(session, journal.toString()), NO_BATCH);
    }

    static Outgoing problem(String client, String session, Reason reason, String text) {
        return new Outgoing(client, ReadReply.problem(session, reason, text), NO_BATCH);
    }

    /** Somebody else has the name now. */
    static Outgoing replaced(String client, String session, String name) {
        return problem(
                client, session, Reason.REPLACED, "another session of " + name + " has begun, or it was unsubscribed");
    }
}
