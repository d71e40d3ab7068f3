package logyard.core.bus;

import java.util.HashMap;
import java.util.Map;
import logyard.core.event.StreamId;

/**
 * What publishers are to be told with the next commit. Written by the thread {@code ingest}, taken by the thread {@code
 * commit}.
 */
public final class PendingAcknowledgements implements StreamGate.Answers {
    private final Runnable answerWanted;
    private Map<String, Map<StreamId, Long>> streams = new HashMap<>();
    private Map<String, Map<StreamId, Long>> resend = new HashMap<>();

    /**
     * @param answerWanted is called, on the thread {@code ingest}, when a publisher waits for an answer although nothing
     *     may have been written that would be committed
     */
    public PendingAcknowledgements(Runnable answerWanted) {
        this.answerWanted = answerWanted;
    }

    /** By client and stream the position to tell; the maps belong to who took them. */
    public record Taken(Map<String, Map<StreamId, Long>> streams, Map<String, Map<StreamId, Long>> resend) {}

    synchronized void taken(String client, StreamId stream, long position) {
        streams.computeIfAbsent(client, name -> new HashMap<>()).put(stream, position);
    }

    @Override
    public void known(String client, StreamId stream, long position) {
        taken(client, stream, position);
        answerWanted.run();
    }

    @Override
    public void resend(String client, StreamId stream, long position) {
        synchronized (this) {
            resend.computeIfAbsent(client, name -> new HashMap<>()).put(stream, position);
        }
        answerWanted.run();
    }

    /**
     * Takes all there is. What it says of {@code streams} may be sent once everything that was written to the journal
     * before this call is synced.
     */
    public synchronized Taken take() {
        var taken = new Taken(streams, resend);
        streams = new HashMap<>();
        resend = new HashMap<>();
        return taken;
    }
}
