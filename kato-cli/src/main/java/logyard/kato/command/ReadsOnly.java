package logyard.kato.command;

/** A command that changes nothing, and so is no action to be remembered. */
public interface ReadsOnly {}
