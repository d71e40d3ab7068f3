package logyard.kato.log.drain;

import picocli.CommandLine.Command;

/** {@code kato log drain}: its commands say what it does. */
@Command(
        name = "drain",
        description = "Add, delete, list and watch log drains: where every node sends its events.",
        footer = {"", "Example: kato log drain add -p systail.kato mine udp://logs.example.com:514"})
public final class DrainCommand {}
