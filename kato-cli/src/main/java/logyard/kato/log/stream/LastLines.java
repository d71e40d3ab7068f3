package logyard.kato.log.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import logyard.kato.log.line.LineRenderer;

/**
 * Puts together what several nodes send of the past: of all of it the last so many lines are handed on, in the order of
 * their times, and then whatever comes. Until then lines are held back. Any thread.
 */
final class LastLines implements LiveEvents {
    /** The past is over when no node sends anything for so long; a busy one takes a while to begin. */
    static final Duration QUIET = Duration.ofSeconds(1);

    /** Beyond so many nothing is held back any more, lest a busy cluster fill the memory. */
    private static final int MOST_HELD = 200_000;

    private record Held(long second, String event) {}

    private final LiveEvents next;
    private final Predicate<String> isShown;
    private final int most;
    private final long begunSecond;
    private List<Held> held = new ArrayList<>();
    private boolean isReleased;
    private long lastNanos = System.nanoTime();

    /**
     * Holds back what is handed on later.
     *
     * @param isShown tells of an event whether it is shown, and so counts as a line; another is handed on at once
     * @param most how many lines of the past are handed on
     * @param begunSecond what came in then or later is not of the past, in seconds since 1970
     */
    LastLines(LiveEvents next, Predicate<String> isShown, int most, long begunSecond) {
        this.next = next;
        this.isShown = isShown;
        this.most = most;
        this.begunSecond = begunSecond;
    }

    @Override
    public void line(String event) {
        synchronized (this) {
            if (!isReleased && isShown.test(event)) {
                held.add(new Held(LineRenderer.unixTime(event).orElse(begunSecond), event));
                lastNanos = System.nanoTime();
                if (held.size() >= MOST_HELD) {
                    release();
                }
                return;
            }
        }
        next.line(event);
    }

    /** Whether nothing came for a moment. */
    synchronized boolean isQuiet() {
        return isReleased || System.nanoTime() - lastNanos > QUIET.toNanos();
    }

    /** Hands on what was held back, as far as it is wanted. */
    synchronized void release() {
        if (isReleased) {
            return;
        }
        held.sort(Comparator.comparingLong(Held::second)); // lines of one node and second stay in order
        long past = held.stream().filter(line -> line.second() < begunSecond).count();
        held.stream().skip(Math.max(0, past - most)).forEach(line -> next.line(line.event()));
        held = List.of();
        isReleased = true; // only now: what comes meanwhile waits for its turn
    }

    @Override
    public void notice(String text) {
        next.notice(text);
    }

    @Override
    public void stop() {
        next.stop();
    }
}
