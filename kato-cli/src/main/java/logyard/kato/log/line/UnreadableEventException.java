package logyard.kato.log.line;

/** This event cannot be shown. */
final class UnreadableEventException extends Exception {
    private final String reason;

    UnreadableEventException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
