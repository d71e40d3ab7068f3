package logyard.kato.command;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import logyard.config.GoDuration;

/** A moment as operators give it: {@code 2026-11-23T10:00:00Z}, or so long ago: {@code 10m}. */
public final class GivenTime {
    private GivenTime() {}

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is none; the message goes on behind the name of what was given
     */
    public static Instant parse(String text, Clock clock) {
        try {
            return text.indexOf('T') > 0
                    ? OffsetDateTime.parse(text).toInstant()
                    : clock.instant().minus(GoDuration.parse(text));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be a time such as 2026-11-23T10:00:00Z, or how long ago, such as 10m, got \"" + text + "\"",
                    e);
        }
    }
}
