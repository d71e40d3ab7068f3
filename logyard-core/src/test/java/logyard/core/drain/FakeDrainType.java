package logyard.core.drain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** A drain type whose targets do what the test says. {@code fake://any:1} opens when told to, unless it opens at once. */
public final class FakeDrainType implements DrainType {
    private final Executor executor;
    private final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean opensAtOnce;
    private volatile boolean mended;
    private volatile Confirmation confirmation = Confirmation.AT_ONCE;
    private volatile String buggyMethod = "";

    /** @param executor where its drains do everything */
    public FakeDrainType(Executor executor) {
        this.executor = executor;
    }

    public FakeDrainType openingAtOnce() {
        opensAtOnce = true;
        return this;
    }

    public FakeDrainType openingWhenTold() {
        opensAtOnce = false;
        return this;
    }

    public FakeDrainType confirming(Confirmation confirmation) {
        this.confirmation = confirmation;
        return this;
    }

    /** From now on this method of its drains throws, as a third party's may: an error, as of a class that is missing. */
    public FakeDrainType buggyIn(String method) {
        buggyMethod = method;
        return this;
    }

    private void called(String method) {
        if (method.equals(buggyMethod)) {
            throw new NoClassDefFoundError("of " + method);
        }
    }

    /** From now on drains with {@code broken=1} work. */
    public void mendBroken() {
        mended = true;
    }

    /** One call of {@link #open}. */
    public final class Attempt {
        public final DrainSpec spec;
        public final CompletableFuture<Drain> opening = new CompletableFuture<>();
        public final Target target = new Target();

        Attempt(DrainSpec spec) {
            this.spec = spec;
        }

        public Target succeed() {
            opening.complete(target);
            return target;
        }

        public void fail(String reason) {
            opening.completeExceptionally(new IOException(reason));
        }
    }

    /** An open drain. */
    public final class Target implements Drain {
        private final CompletableFuture<Void> failure = new CompletableFuture<>();
        private final List<CompletableFuture<Void>> heldWrites = new ArrayList<>();
        private final StringBuilder received = new StringBuilder();
        private boolean holding;
        private volatile boolean closed;
        private volatile Duration closePatience = Duration.ZERO;
        private final AtomicLong taken = new AtomicLong();
        private volatile boolean takesAllAtClose = true;

        @Override
        public Executor executor() {
            return executor;
        }

        @Override
        public synchronized CompletionStage<Void> write(DrainBatch batch) {
            called("write");
            received.append(new String(batch.bytes(), 0, batch.length(), StandardCharsets.UTF_8));
            if (!holding) {
                return CompletableFuture.completedFuture(null);
            }
            var write = new CompletableFuture<Void>();
            heldWrites.add(write);
            return write;
        }

        @Override
        public CompletionStage<Void> failure() {
            called("failure");
            return failure;
        }

        @Override
        public Confirmation confirmation() {
            called("confirmation");
            return confirmation;
        }

        @Override
        public CompletionStage<Boolean> close(Duration patience) {
            closePatience = patience;
            return close();
        }

        @Override
        public CompletionStage<Boolean> close() {
            closed = true;
            called("close");
            return CompletableFuture.completedFuture(takesAllAtClose);
        }

        @Override
        public MessageFormat format(DrainSpec spec) {
            called("format");
            return spec.format();
        }

        @Override
        public long taken() {
            called("taken");
            return taken.get();
        }

        /** Takes a part of what is being written. */
        public void takeAPart() {
            taken.incrementAndGet();
        }

        /** From now on writes do not complete. */
        public synchronized void hold() {
            holding = true;
        }

        /** Completes the writes held back. */
        public synchronized void release() {
            holding = false;
            heldWrites.forEach(write -> write.complete(null));
            heldWrites.clear();
        }

        /** Fails the writes held back. */
        public synchronized void failWrites(String reason) {
            heldWrites.forEach(write -> write.completeExceptionally(new IOException(reason)));
            heldWrites.clear();
        }

        public void loseAtClose() {
            takesAllAtClose = false;
        }

        public void die(String reason) {
            failure.completeExceptionally(new IOException(reason));
        }

        public synchronized String received() {
            return received.toString();
        }

        /** How long its close was told to wait for the target. */
        public Duration closePatience() {
            return closePatience;
        }

        public boolean isClosed() {
            return closed;
        }
    }

    public List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    public Attempt lastAttempt() {
        return attempts.get(attempts.size() - 1);
    }

    @Override
    public Set<String> schemes() {
        return Set.of("fake");
    }

    @Override
    public Set<String> parameters() {
        return Set.of("broken", "bug");
    }

    @Override
    public void check(DrainSpec spec, DrainEnvironment environment) {
        if (spec.flag("broken", false) && !mended) {
            throw new InvalidDrainException("broken must not be set");
        }
        if (environment.sources().get().contains(Path.of(spec.uri().path()))) {
            throw new InvalidDrainException("events are read from there");
        }
        if (spec.flag("bug", false)) {
            throw new IllegalStateException("a bug of the type");
        }
    }

    @Override
    public CompletableFuture<Drain> open(DrainSpec spec, DrainEnvironment environment) {
        var attempt = new Attempt(spec);
        attempts.add(attempt);
        if (opensAtOnce) {
            attempt.succeed();
        }
        return attempt.opening;
    }
}
