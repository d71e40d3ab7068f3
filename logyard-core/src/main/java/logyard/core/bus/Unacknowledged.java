package logyard.core.bus;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import logyard.core.event.BatchFrame;
import logyard.core.event.StreamId;

/**
 * The batches of a publisher that are not known to be stored yet, in the order in which they were published, and which
 * of them are to be sent next (go-back-N). One thread.
 */
final class Unacknowledged {
    private final Deque<BatchFrame> sent = new ArrayDeque<>();
    private final Deque<BatchFrame> unsent = new ArrayDeque<>();
    private final Map<StreamId, Long> acknowledged = new HashMap<>();

    void add(BatchFrame batch) {
        unsent.add(batch);
    }

    boolean isEmpty() {
        return sent.isEmpty() && unsent.isEmpty();
    }

    /** Whether something was sent that is not acknowledged. */
    boolean awaitsAnswer() {
        return !sent.isEmpty();
    }

    /** The batch to send next; from now on it counts as sent. */
    Optional<BatchFrame> next() {
        BatchFrame batch = unsent.poll();
        if (batch == null) {
            return Optional.empty();
        }
        // One that is sent again must not ask for what is acknowledged: it is not here any more.
        long safe = Math.min(batch.from(), acknowledged.getOrDefault(batch.stream(), 0L));
        BatchFrame current = batch.acknowledged() < safe ? batch.acknowledge(safe) : batch;
        sent.add(current);
        return Optional.of(current);
    }

    /**
     * Forgets what is safe up to {@code position} of a stream.
     *
     * @return how many bytes of batches were forgotten
     */
    long acknowledge(StreamId stream, long position) {
        acknowledged.merge(stream, position, Math::max);
        long forgotten = forgetSafe(sent);
        if (sent.isEmpty()) {
            forgotten += forgetSafe(unsent);
        }
        if (isEmpty()) {
            acknowledged.clear(); // what comes next says by itself what is safe
        }
        return forgotten;
    }

    private long forgetSafe(Deque<BatchFrame> batches) {
        long bytes = 0;
        for (BatchFrame first = batches.peek(); first != null && isSafe(first); first = batches.peek()) {
            bytes += first.bytes().length;
            batches.remove();
        }
        return bytes;
    }

    private boolean isSafe(BatchFrame batch) {
        return batch.end() <= acknowledged.getOrDefault(batch.stream(), -1L);
    }

    /**
     * Goes back to the first batch.
     *
     * @return how many batches will be sent again
     */
    int goBack() {
        return goBack(sent.size());
    }

    /** Goes back to the first batch of {@code stream} that ends behind {@code position}; not at all if none does. */
    int goBack(StreamId stream, long position) {
        int left = sent.size();
        for (BatchFrame batch : sent) {
            if (batch.stream().equals(stream) && batch.end() > position) {
                return goBack(left);
            }
            left--;
        }
        return 0;
    }

    private int goBack(int count) {
        for (int i = 0; i < count; i++) {
            unsent.addFirst(sent.removeLast());
        }
        return count;
    }
}
