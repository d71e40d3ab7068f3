package logyard.core.sieve;

/** An event of the stream {@code systail} is none that systail would send. */
public final class MalformedLineException extends Exception {
    // Without a stack trace: a bad client sends bad events by the thousand, and the message says it all.
    MalformedLineException(String message) {
        super(message, null, false, false);
    }

    /** What is wrong with it. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
