package logyard.core.supervision;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import logyard.core.drain.Confirmation;
import logyard.core.router.Account;

/**
 * What a run has written and does not count as delivered yet: what is still being written, and behind it what is in
 * doubt because a byte that left is not a byte that arrived. One thread.
 */
final class Window {
    /**
     * The end of one batch.
     *
     * @param next where the cursor stands once it is delivered
     * @param gains what is then settled in addition
     * @param bytes how much was sent
     */
    record Written(long next, Account gains, int bytes) {}

    private record Doubtful(Written written, long totalBytes, long atNanos) {}

    private final Confirmation confirmation;
    private final Deque<Doubtful> doubtful = new ArrayDeque<>();
    private long totalBytes;

    Window(Confirmation confirmation) {
        this.confirmation = confirmation;
    }

    /** A batch was taken by the operating system, or by the target itself. */
    void add(Written written, long nowNanos) {
        totalBytes += written.bytes();
        doubtful.add(new Doubtful(written, totalBytes, nowNanos));
    }

    /** The oldest batch, if it counts as delivered now; it is taken out. */
    Optional<Written> confirmed(long nowNanos, boolean quiet) {
        Doubtful oldest = doubtful.peek();
        if (oldest == null) {
            return Optional.empty();
        }
        boolean farBehind = totalBytes - oldest.totalBytes() >= confirmation.trailingBytes();
        boolean longQuiet =
                quiet && nowNanos - oldest.atNanos() >= confirmation.after().toNanos();
        if (confirmation.isAtOnce() || farBehind || longQuiet) {
            doubtful.remove();
            return Optional.of(oldest.written());
        }
        return Optional.empty();
    }

    /** The oldest batch, known to have arrived. */
    Optional<Written> confirmedByPeer() {
        return Optional.ofNullable(doubtful.poll()).map(Doubtful::written);
    }

    /** How many events will be sent again if the connection ends now. */
    long events() {
        return doubtful.stream()
                .mapToLong(batch -> batch.written().gains().delivered())
                .sum();
    }
}
