package logyard.core.template.json;

/** The bytes are not the JSON they should be. */
public final class JsonException extends RuntimeException {
    JsonException(String message) {
        super(message, null, false, false);
    }
}
