package logyard.core.model;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lives random sequences of actions. Of one that fails, what is not needed for that is left out, and the rest is told with
 * its seed.
 *
 * <p>How many, by properties with the name given as their beginning: {@code -D<name>.seeds=N} lives the seeds from 0 to N,
 * {@code -D<name>.seed=N} one alone, {@code -D<name>.minutes=N} new ones until that time is over.
 */
public final class RandomLives<A> {
    /** Leaving out more is given up after so many attempts. */
    private static final int MOST_ATTEMPTS = 2000;

    private static final long NANOS_PER_MINUTE = 60_000_000_000L;

    private final String name;
    private final Function<Random, List<A>> actions;
    private final Life<A> life;

    /** Goes through actions, and throws if what is found then is not as it should be. */
    @FunctionalInterface
    public interface Life<A> {
        void live(List<A> actions) throws Exception;
    }

    /**
     * Lives of one kind.
     *
     * @param actions makes those of one life; the same ones for the same random numbers
     * @param life begins anew each time, and takes in its stride any action that cannot be done: those that made it
     *     possible may have been left out
     */
    public RandomLives(String name, Function<Random, List<A>> actions, Life<A> life) {
        this.name = name;
        this.actions = actions;
        this.life = life;
    }

    /** Lives as many as the properties say, or else {@code count} that are always the same and one that is new. */
    public void run(int count) {
        Long only = Long.getLong(name + ".seed");
        Long minutes = Long.getLong(name + ".minutes");
        if (only != null) {
            run(only.longValue());
        } else if (minutes != null) {
            long end = System.nanoTime() + minutes * NANOS_PER_MINUTE;
            while (System.nanoTime() < end) {
                run(System.nanoTime());
            }
        } else {
            int seeds = Integer.getInteger(name + ".seeds", count);
            for (long seed = 0; seed < seeds; seed++) {
                run(seed);
            }
            run(System.nanoTime());
        }
    }

    private void run(long seed) {
        List<A> all = actions.apply(new Random(seed));
        Throwable failure = failureOf(all);
        if (failure == null) {
            return;
        }
        var shrunk = new FailingSequence<A>(all, failure, this::failureOf).shrunk(MOST_ATTEMPTS);
        throw new AssertionError(
                "-D" + name + ".seed=" + seed + ": of " + all.size() + " actions these fail: " + shrunk.actions() + ": "
                        + shrunk.failure(),
                shrunk.failure());
    }

    private @Nullable Throwable failureOf(List<A> some) {
        try {
            life.live(some);
            return null;
        } catch (Exception | AssertionError e) {
            return e;
        }
    }
}
