package logyard.kato.command;

/** A command that changes nothing, or does not as it was called, and so is no action to be remembered. */
public interface ReadsOnly {
    /** Whether nothing changes with the options that were given. */
    default boolean changesNothing() {
        return true;
    }
}
