package logyard.kato.command;

/** Ctrl-C, SIGTERM and SIGHUP, for commands that have something to clean up before the process ends. */
public interface Interrupts {
    /**
     * Has {@code stop} called, on another thread, when the operator wants the command to end. Without this the process
     * ends at once.
     */
    void onInterrupt(Runnable stop);
}
