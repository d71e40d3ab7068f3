package logyard.core.sieve.handler;

/** A line that a spec recognises does not hold what the spec makes of it, such as JSON. */
public final class HandlerException extends Exception {
    // Without a stack trace: bad lines come by the thousand, and the message says it all.
    public HandlerException(String message) {
        super(message, null, false, false);
    }

    /** What is wrong with the line. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
