package logyard.core.bus;

import java.util.HashMap;
import java.util.Map;
import logyard.core.event.StreamId;

/**
 * What publishers are to be told with the next commit. Written by the thread {@code ingest}, taken by the thread {@code
 * commit}.
 */
public final class PendingAcknowledgements implements StreamGate.Answers {
    private final Runnable resendWanted;
    private Map<String, Map<StreamId, Long>> streams = new HashMap<>();
    private Map<String, Map<StreamId, Long>> resend = new HashMap<>();

    /** @param resendWanted is called when a publisher should be told something before the next commit is due */
    public PendingAcknowledgements(Runnable resendWanted) {
        this.resendWanted = resendWanted;
    }

    /** By client and stream the position to tell; the maps belong to who took them. */
    public record Taken(Map<String, Map<StreamId, Long>> streams, Map<String, Map<StreamId, Long>> resend) {
        boolean isEmpty() {
            return streams.isEmpty() && resend.isEmpty();
        }
    }

    synchronized void taken(String client, StreamId stream, long position) {
        streams.computeIfAbsent(client, name -> new HashMap<>()).put(stream, position);
    }

    @Override
    public synchronized void known(String client, StreamId stream, long position) {
        taken(client, stream, position);
    }

    @Override
    public void resend(String client, StreamId stream, long position) {
        synchronized (this) {
            resend.computeIfAbsent(client, name -> new HashMap<>()).put(stream, position);
        }
        resendWanted.run();
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
