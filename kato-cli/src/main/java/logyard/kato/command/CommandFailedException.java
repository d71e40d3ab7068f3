package logyard.kato.command;

/** What the operator asked for cannot be done; the message names the value and the remedy. */
public final class CommandFailedException extends RuntimeException {
    public CommandFailedException(String message) {
        super(message);
    }
}
