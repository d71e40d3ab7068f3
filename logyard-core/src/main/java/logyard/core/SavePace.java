package logyard.core;

/**
 * When it is time to save where drains and subscribers stand: what is saved often is seldom repeated after a power
 * failure, and each time costs the disk something. Not thread-safe.
 */
final class SavePace {
    /** So many times as long as a save took there is none. */
    private static final int REST = 19;

    private long savedNanos;
    private long savingNanos;

    SavePace(long nowNanos) {
        this.savedNanos = nowNanos;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - savedNanos >= REST * savingNanos;
    }

    /** It was tried. */
    void saved(long beganNanos, long nowNanos) {
        savedNanos = nowNanos;
        savingNanos = nowNanos - beganNanos;
    }
}
