package logyard.kato.log;

import picocli.CommandLine.Command;

/** {@code kato log}: its commands say what it does. */
@Command(
        name = "log",
        description = "Show the logs of the cluster, and send them where they are needed.",
        footer = {"", "Example: kato log tail dea router"})
public final class LogCommand {}
