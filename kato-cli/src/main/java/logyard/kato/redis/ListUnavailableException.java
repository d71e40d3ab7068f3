package logyard.kato.redis;

/** A list in Redis cannot be read; the message says from where, why, and what to do. */
public final class ListUnavailableException extends RuntimeException {
    ListUnavailableException(String message) {
        super(message);
    }

    ListUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
