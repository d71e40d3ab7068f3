package logyard.config;

/** The tree could not be reached in time; the message names the server and what to look at. */
public final class ConfigUnavailableException extends RuntimeException {
    public ConfigUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
