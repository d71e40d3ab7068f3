package logyard.core.appcopy;

/** An event does not say of which application it is, or not in the words of DEAs and cloud controllers. */
final class MalformedAppEventException extends Exception {
    MalformedAppEventException(String reason) {
        super(reason);
    }
}
