package logyard.drains.tcp;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import logyard.core.drain.DrainBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a drain, one after the other. When one is as old as it may be, the next one is opened first, to
 * wherever the name leads then; what is to be written waits while the old one is brought to its end; and only when the
 * target has everything that went over the old one does the new one begin. So nothing is lost, sent twice, or out of
 * order. If the target does not take it, the drain fails, and what is unconfirmed is sent again.
 *
 * <p>On the event loop of the first connection, which all others share.
 */
final class ConnectionSuccession {
    private static final Logger log = LoggerFactory.getLogger(ConnectionSuccession.class);

    /** How often is looked whether the target has everything. */
    private static final long LOOK_MILLIS = 100;

    /** So often in a row it must have had everything, without closing, before that is believed. */
    private static final int QUIET_LOOKS = 10;

    /** The shortest age is this part of the longest, so that connections made together do not end together. */
    private static final double JITTER = 0.8;

    private static final Duration AGAIN = Duration.ofMinutes(1);

    private record Waiting(DrainBatch batch, CompletableFuture<Void> written) {}

    private final String drain;
    private final Duration maxAge;
    private final TcpDialer dialer;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private TcpConnection current;
    private @Nullable TcpConnection next;
    private int unwritten;
    private long takenBefore;
    private boolean closed;
    private @Nullable ScheduledFuture<?> replacement;

    ConnectionSuccession(String drain, Duration maxAge, TcpConnection first, TcpDialer dialer) {
        this.drain = drain;
        this.maxAge = maxAge;
        this.dialer = dialer;
        this.current = first;
        watch(first);
        replaceAfter(maxAge);
    }

    EventLoop eventLoop() {
        return current.eventLoop();
    }

    CompletableFuture<Void> failure() {
        return failure;
    }

    CompletableFuture<Void> write(DrainBatch batch) {
        if (next != null) {
            var written = new CompletableFuture<Void>();
            waiting.add(new Waiting(batch, written));
            return written;
        }
        unwritten++;
        return current.write(batch).whenComplete((nothing, error) -> {
            unwritten--;
            endIfAllIsWritten();
        });
    }

    long taken() {
        return takenBefore + current.taken();
    }

    boolean isQuiet() {
        return next == null && current.isQuiet();
    }

    /** No more connections; returns the last one. */
    TcpConnection close() {
        closed = true;
        if (replacement != null) {
            replacement.cancel(false);
        }
        if (next != null) {
            next.abandon();
        }
        return current;
    }

    private void watch(TcpConnection connection) {
        connection.failure().whenComplete((nothing, error) -> {
            if (connection == current && error != null) {
                failure.completeExceptionally(error);
            }
        });
    }

    private void replaceAfter(Duration age) {
        if (!age.isZero()) {
            long millis = (long) (age.toMillis() * ThreadLocalRandom.current().nextDouble(JITTER, 1));
            replacement = eventLoop().schedule(this::replace, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void replace() {
        if (closed) {
            return;
        }
        dialer.connect(Optional.of(eventLoop()))
                .whenComplete((connection, error) -> eventLoop().execute(() -> {
                    if (error != null) {
                        log.info("[drain:{}] Keeping an old connection: {}", drain, error.getMessage());
                        replaceAfter(maxAge.compareTo(AGAIN) < 0 ? maxAge : AGAIN);
                    } else if (closed || failure.isDone()) {
                        connection.abandon();
                    } else {
                        next = connection;
                        endIfAllIsWritten();
                    }
                }));
    }

    private void endIfAllIsWritten() {
        if (next != null && unwritten == 0 && !closed) {
            awaitEnd(current.end(), 0);
        }
    }

    private void awaitEnd(CompletableFuture<Boolean> ended, int quietLooks) {
        if (closed) {
            return;
        }
        if (ended.isDone() && !ended.join()) {
            failure.completeExceptionally(
                    new IOException("the target broke the connection while it was being replaced"));
        } else if (ended.isDone() || quietLooks >= QUIET_LOOKS) {
            succeed();
        } else {
            int looks = current.isQuiet() ? quietLooks + 1 : 0;
            var unused = eventLoop().schedule(() -> awaitEnd(ended, looks), LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void succeed() {
        TcpConnection successor = next;
        if (successor == null) {
            return;
        }
        log.info("[drain:{}] Replaced a connection as old as max_conn_age by one to {}", drain, successor);
        takenBefore += current.taken();
        current.abandon();
        current = successor;
        next = null;
        watch(successor);
        replaceAfter(maxAge);
        for (Waiting each = waiting.poll(); each != null; each = waiting.poll()) {
            CompletableFuture<Void> written = each.written();
            write(each.batch()).whenComplete((nothing, error) -> {
                if (error == null) {
                    written.complete(null);
                } else {
                    written.completeExceptionally(error);
                }
            });
        }
    }
}
