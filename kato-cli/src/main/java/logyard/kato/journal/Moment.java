package logyard.kato.journal;

import java.time.Clock;
import java.time.Instant;
import logyard.kato.command.CommandFailedException;
import logyard.kato.command.GivenTime;

/** Moments in the nanoseconds since 1970 that the journal counts in. */
final class Moment {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Moment() {}

    static long nanos(String option, String text, Clock clock) {
        Instant instant;
        try {
            instant = GivenTime.parse(text, clock);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(option + " " + e.getMessage());
        }
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }

    static String text(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND))
                .toString();
    }
}
