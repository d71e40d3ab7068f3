package logyard.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Actions that lead to a failure.
 *
 * @param failureOf what these or others lead to; null if that is none
 */
record FailingSequence<A>(List<A> actions, Throwable failure, Function<List<A>, @Nullable Throwable> failureOf) {
    /** Leaves out what is not needed for a failure of the same kind, as far as that goes with so many attempts. */
    FailingSequence<A> shrunk(int mostAttempts) {
        var attempts = new AtomicInteger(mostAttempts);
        FailingSequence<A> best = this;
        for (int before = Integer.MAX_VALUE; best.actions.size() < before && attempts.get() > 0; ) {
            before = best.actions.size();
            for (int size = Math.max(1, before / 2); size > 0; size /= 2) {
                best = best.withoutParts(size, attempts);
            }
            best = best.withoutPairs(attempts);
        }
        return best;
    }

    private FailingSequence<A> withoutParts(int size, AtomicInteger attempts) {
        FailingSequence<A> best = this;
        for (int at = 0; at < best.actions.size() && attempts.getAndDecrement() > 0; ) {
            FailingSequence<A> less = best.without(at, Math.min(best.actions.size(), at + size));
            at += less == null ? size : 0;
            best = less == null ? best : less;
        }
        return best;
    }

    /** Such as a stop and the start after it, of which neither can be spared alone. */
    private FailingSequence<A> withoutPairs(AtomicInteger attempts) {
        for (int first = 0; first < actions.size(); first++) {
            for (int second = first + 1; second < actions.size() && attempts.getAndDecrement() > 0; second++) {
                List<A> rest = new ArrayList<>(actions);
                rest.remove(second);
                rest.remove(first);
                FailingSequence<A> less = ifItFails(rest);
                if (less != null) {
                    return less.withoutPairs(attempts);
                }
            }
        }
        return this;
    }

    /** The same without a part; null if it does not fail then, or in another way. */
    private @Nullable FailingSequence<A> without(int from, int to) {
        List<A> rest = new ArrayList<>(actions.subList(0, from));
        rest.addAll(actions.subList(to, actions.size()));
        return ifItFails(rest);
    }

    private @Nullable FailingSequence<A> ifItFails(List<A> less) {
        Throwable other = failureOf.apply(less);
        boolean same = other != null && place(other).equals(place(failure));
        return same ? new FailingSequence<>(List.copyOf(less), other, failureOf) : null;
    }

    /** Where in a test it was noticed: the first of our own methods. */
    private static String place(Throwable failure) {
        for (StackTraceElement element : failure.getStackTrace()) {
            if (element.getClassName().startsWith("logyard.")) {
                return element.getClassName() + "." + element.getMethodName() + ":" + element.getLineNumber();
            }
        }
        return failure.getClass().getName();
    }
}
