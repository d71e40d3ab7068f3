package logyard.core.event;

/** A frame that cannot be understood; the message says what is wrong with it. The frame alone is lost by it. */
public final class MalformedFrameException extends Exception {
    private final String reason;

    public MalformedFrameException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** What is wrong, as part of a sentence: {@code a batch that ends before event 3 of 7}. */
    public String reason() {
        return reason;
    }
}
