package logyard.core.template.function;

/** A function cannot work with its arguments. */
public final class FunctionException extends RuntimeException {
    FunctionException(String message) {
        super(message, null, false, false);
    }
}
