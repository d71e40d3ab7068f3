package logyard.core.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import logyard.core.event.BatchFrame;
import logyard.core.event.StreamId;

/**
 * The batches of a publisher that are not known to be stored yet, in the order in which they were published, and which
 * of them is to be sent next (go-back-N). One thread.
 *
 * <p>When the core does not answer for a second, or misses something, only one batch is sent until it is acknowledged:
 * a core that is stuck is not sent everything over and over.
 */
final class Unacknowledged {
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final List<BatchFrame> batches = new ArrayList<>();
    private final LongAdder resent = new LongAdder();

    /** So many of the batches are on their way to the core. */
    private int inFlight;

    /** So many of them were sent before, at least once. */
    private int tried;

    private boolean cautious;
    private long quietSince;
    private final Map<StreamId, Long> safe = new HashMap<>();

    Unacknowledged(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void add(BatchFrame batch) {
        batches.add(batch);
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** The batch to send now, if there is one; from now on it is on its way. */
    Optional<BatchFrame> next() {
        if (inFlight == batches.size() || (cautious && inFlight > 0)) {
            return Optional.empty();
        }
        if (inFlight == 0) {
            quietSince = nanoTime.getAsLong();
        }
        if (inFlight < tried) {
            resent.increment();
            batches.set(inFlight, withWhatIsSafe(batches.get(inFlight)));
        } else {
            tried++;
        }
        return Optional.of(batches.get(inFlight++));
    }

    /** Says where the first batch kept of the stream begins: a core that does not know the stream may begin there. */
    private BatchFrame withWhatIsSafe(BatchFrame batch) {
        if (safe.isEmpty()) {
            batches.forEach(kept -> safe.putIfAbsent(kept.stream(), kept.from()));
        }
        long position = safe.getOrDefault(batch.stream(), batch.acknowledged());
        return position > batch.acknowledged() ? batch.acknowledge(position) : batch;
    }

    /**
     * Forgets what is stored up to the position of each stream.
     *
     * @return how many bytes of batches were forgotten
     */
    long acknowledge(Map<StreamId, Long> positions) {
        long forgotten = 0;
        int kept = 0;
        int keptInFlight = 0;
        int keptTried = 0;
        for (int i = 0; i < batches.size(); i++) {
            BatchFrame batch = batches.get(i);
            if (batch.end() <= positions.getOrDefault(batch.stream(), Long.MIN_VALUE)) {
                forgotten += batch.bytes().length;
            } else {
                batches.set(kept++, batch);
                keptInFlight += i < inFlight ? 1 : 0;
                keptTried += i < tried ? 1 : 0;
            }
        }
        batches.subList(kept, batches.size()).clear();
        inFlight = keptInFlight;
        tried = keptTried;
        if (forgotten > 0) {
            cautious = false;
            quietSince = nanoTime.getAsLong();
        }
        return forgotten;
    }

    /** Goes back to the first batch: the connection, or the core, is another one. */
    void goBack() {
        inFlight = 0;
        cautious = false;
        safe.clear();
    }

    /** Goes back to the first batch of {@code stream} that ends behind {@code position}: the core misses it. */
    void goBack(StreamId stream, long position) {
        for (int i = 0; i < inFlight && !cautious; i++) {
            BatchFrame batch = batches.get(i);
            if (batch.end() > position && batch.stream().equals(stream)) {
                goBack();
                inFlight = i;
                cautious = true;
            }
        }
    }

    /** Goes back to the first batch if the core has been quiet about what was sent for too long. */
    void goBackIfQuiet() {
        if (inFlight > 0 && nanoTime.getAsLong() - quietSince > PATIENCE.toNanos()) {
            goBack();
            cautious = true;
        }
    }

    /** How many batches were sent again; any thread. */
    long resent() {
        return resent.sum();
    }
}
