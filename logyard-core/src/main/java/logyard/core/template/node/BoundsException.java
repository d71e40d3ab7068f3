package logyard.core.template.node;

/** A template does more on this record than any honest format needs. */
public final class BoundsException extends RuntimeException {
    BoundsException(String message) {
        super(message, null, false, false);
    }
}
