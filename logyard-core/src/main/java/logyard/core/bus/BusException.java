package logyard.core.bus;

/** The bus cannot be used; the message names the address and the remedy. */
public final class BusException extends RuntimeException {
    public BusException(String message) {
        super(message);
    }
}
