package logyard.kato.history;

/** The history of the cluster cannot be read; the message says from where, why, and what to do. */
final class HistoryUnavailableException extends RuntimeException {
    HistoryUnavailableException(String message) {
        super(message);
    }

    HistoryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
