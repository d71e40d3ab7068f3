package logyard.drains.redis;

import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;
import org.jspecify.annotations.Nullable;

/**
 * An open connection to a Redis. A batch is one transaction, so that it is in its lists as a whole or not at all, and no
 * reader sees a list above its limit.
 */
final class RedisDrain implements Drain {
    private static final long LOOK_SECONDS = 5;

    /** After so long without anything to send, Redis is asked whether it is there. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    /** How long the answer to that may take; for batches the run has the same deadline. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    /** How many keys are remembered as good. */
    private static final int MAX_KNOWN_KEYS = 4096;

    private final RedisConnection connection;
    private final RedisSettings settings;
    private final byte[] key;
    private final BooleanSupplier coreMoved;
    private final Set<ListKey> knownKeys = new HashSet<>();
    private final Future<?> looking;

    /** Completes when everything up to the batch that was written last is sent. */
    private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);

    /** @param coreMoved whether the alias in the address means another address by now; asked on the event loop */
    RedisDrain(RedisConnection connection, RedisSettings settings, BooleanSupplier coreMoved) {
        this.connection = connection;
        this.settings = settings;
        this.key = settings.keyBytes();
        this.coreMoved = coreMoved;
        if (key.length > 0) {
            knownKeys.add(new ListKey(key)); // it was tried before the connection counted as open
        }
        this.looking = connection.loop().scheduleAtFixedRate(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public Executor executor() {
        return connection.loop();
    }

    @Override
    public CompletionStage<Void> write(DrainBatch batch) {
        var pushes = new Pushes(batch, key);
        var answered = new CompletableFuture<Void>();
        sent = sent.thenCompose(before -> probe(pushes.keys())).thenAccept(good -> {
            Commands commands = pushes.commands(memory(), settings.limit());
            connection.send("", commands).whenComplete((nothing, error) -> complete(answered, error));
        });
        sent.whenComplete((nothing, error) -> {
            if (error != null) {
                answered.completeExceptionally(error);
            }
        });
        return answered;
    }

    private static void complete(CompletableFuture<Void> future, @Nullable Throwable error) {
        if (error == null) {
            future.complete(null);
        } else {
            future.completeExceptionally(error);
        }
    }

    /**
     * Makes sure that keys that are new hold lists, by a trim that cuts nothing: within a transaction a key of another
     * type would fail alone, and the others' events would come again with each attempt.
     */
    private CompletableFuture<Void> probe(Set<ListKey> keys) {
        if (knownKeys.size() + keys.size() > MAX_KNOWN_KEYS) {
            knownKeys.clear();
        }
        CompletableFuture<?>[] probes = keys.stream()
                .filter(knownKeys::add)
                .map(unknown -> {
                    var trim =
                            new Commands(memory().ioBuffer()).begin("LTRIM", 3).argument(unknown.bytes());
                    return connection.send("list " + unknown, trim.text("0").text("-1"));
                })
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(probes);
    }

    private ByteBufAllocator memory() {
        return connection.channel().alloc();
    }

    private void look() {
        if (coreMoved.getAsBoolean()) {
            connection.fail("the address of " + settings.address().host() + " has changed");
        } else if (connection.waitingNanos() > ANSWER_LIMIT.toNanos()) {
            connection.fail("no answer within " + ANSWER_LIMIT.toSeconds() + " s");
        } else if (connection.idleNanos() > IDLE.toNanos()) {
            connection.send("", new Commands(memory().ioBuffer()).add("PING")).whenComplete((pong, error) -> {
                if (error != null) {
                    connection.fail(String.valueOf(error.getMessage()));
                }
            });
        }
    }

    @Override
    public CompletionStage<Void> failure() {
        return connection.failure();
    }

    @Override
    public CompletionStage<Boolean> close() {
        looking.cancel(false);
        return CompletableFuture.completedFuture(connection.close());
    }

    @Override
    public String toString() {
        return "RedisDrain{" + connection.channel().remoteAddress() + "}";
    }
}
