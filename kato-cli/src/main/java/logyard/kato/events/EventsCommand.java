package logyard.kato.events;

import picocli.CommandLine.Command;

/** {@code kato events}: its commands say what it does. */
@Command(
        name = "events",
        description = "See what cloud events are made of lines.",
        footer = {"", "Example: kato events test dea 'ERROR -- boom'"})
public final class EventsCommand {}
