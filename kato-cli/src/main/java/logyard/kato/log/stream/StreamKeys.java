package logyard.kato.log.stream;

import java.util.List;
import logyard.kato.command.CommandFailedException;

/** The prefixes of keys as they are typed after {@code kato log stream}. */
public final class StreamKeys {
    /** Stands for our own daemons, and for what they say of their daily work. */
    private static final String DEBUG = "debug";

    private static final List<String> DAEMONS = List.of(
            "systail.logyard",
            "systail.apptail",
            "systail.logyard_sieve",
            "systail.systail",
            "systail.cloud_events",
            "systail.kato");

    private static final List<String> STREAMS = List.of("systail", "apptail", "event");

    private StreamKeys() {}

    /** Whether the one word was typed that stands for our own daemons. */
    public static boolean isDebug(List<String> typed) {
        return typed.equals(List.of(DEBUG));
    }

    /**
     * The prefixes that are meant.
     *
     * @throws CommandFailedException if no key begins so
     */
    public static List<String> prefixes(List<String> typed) {
        if (isDebug(typed)) {
            return DAEMONS;
        }
        for (String key : typed) {
            boolean isPossible = STREAMS.stream()
                    .anyMatch(stream -> stream.startsWith(key) || key.equals(stream) || key.startsWith(stream + "."));
            if (!isPossible || key.chars().anyMatch(c -> c <= ' ')) {
                throw new CommandFailedException("no key begins with \"" + key
                        + "\": keys are systail.<process>.<node>," + " apptail.<app> and event.<type>");
            }
        }
        return typed;
    }
}
