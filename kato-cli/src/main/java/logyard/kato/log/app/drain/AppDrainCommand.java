package logyard.kato.log.app.drain;

import picocli.CommandLine.Command;

/** {@code kato log app drain}: its commands say what it does. */
@Command(
        name = "drain",
        description = "Add, list and delete the drains of an application, which get what it logs and nothing else.",
        footer = {"", "Example: kato log app drain list 8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d"})
public final class AppDrainCommand {}
