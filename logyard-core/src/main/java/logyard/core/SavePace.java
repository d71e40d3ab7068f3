package logyard.core;

/**
 * When it is time to save where drains and subscribers stand: what is saved often is seldom repeated after a crash, and
 * each time costs the disk something. Not thread-safe.
 */
final class SavePace {
    /** So many times as long as a save took there is none. */
    private static final int REST = 19;

    /** The same where much was read: a quarter of the time, which is one save for so much at most. */
    private static final int SHORT_REST = 3;

    private static final long MUCH_BYTES = 1 << 20;

    private long savedNanos;
    private long savingNanos;
    private long savedBytes;

    SavePace(long nowNanos) {
        this.savedNanos = nowNanos;
    }

    /** @param readBytes how much of the journal all of them have read so far, together */
    boolean isDue(long nowNanos, long readBytes) {
        int rest = readBytes - savedBytes >= MUCH_BYTES ? SHORT_REST : REST;
        return nowNanos - savedNanos >= rest * savingNanos;
    }

    /** It was tried. */
    void saved(long beganNanos, long nowNanos, long readBytes) {
        savedNanos = nowNanos;
        savingNanos = nowNanos - beganNanos;
        savedBytes = readBytes;
    }
}
