package logyard.kato.journal;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import logyard.config.GoDuration;
import logyard.kato.command.CommandFailedException;

/** A moment as operators give it: {@code 2026-11-23T10:00:00Z}, or so long ago: {@code 10m}. */
final class Moment {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Moment() {}

    static long nanos(String option, String text, Clock clock) {
        Instant instant;
        try {
            instant = Character.isDigit(text.isEmpty() ? ' ' : text.charAt(text.length() - 1)) || text.endsWith("Z")
                    ? Instant.parse(text)
                    : clock.instant().minus(GoDuration.parse(text));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new CommandFailedException(
                    option + " must be a time such as 2026-11-23T10:00:00Z, or how long ago, such" + " as 10m, got \""
                            + text + "\"");
        }
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }

    static String text(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND))
                .toString();
    }
}
