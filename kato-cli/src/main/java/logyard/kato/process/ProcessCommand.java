package logyard.kato.process;

import picocli.CommandLine.Command;

/** {@code kato process}: its commands say what it does. */
@Command(
        name = "process",
        description = "Show, start and stop the daemons of Logyard.",
        footer = {"", "Example: kato process list --cluster"})
public final class ProcessCommand {}
