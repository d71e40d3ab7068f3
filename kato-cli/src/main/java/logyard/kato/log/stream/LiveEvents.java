package logyard.kato.log.stream;

/** Takes what a live stream brings. Any thread. */
public interface LiveEvents {
    /** An event, {@code <key> <json>}; may wait, so that its node waits, too. */
    void line(String event);

    /** Something about the stream that the operator should know. */
    void notice(String text);

    /** The stream ends: nothing is to be shown from now on. */
    void stop();
}
