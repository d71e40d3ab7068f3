package logyard.core.drain;

/** This drain can never work as it is defined; the message names the value and what would be right, and no secrets. */
public final class InvalidDrainException extends RuntimeException {
    private final String reason;

    public InvalidDrainException(String reason) {
        super(Masking.text(reason));
        this.reason = Masking.text(reason);
    }

    /** What is wrong. */
    public String reason() {
        return reason;
    }
}
