package logyard.core.supervision;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import logyard.config.GoDuration;

/**
 * How long a drain is retried, by the beginning of its name (spec 03 §7.1).
 *
 * @param limits duration by name prefix, as configured
 */
record RetryLimits(Map<String, String> limits) {
    static final RetryLimits NONE = new RetryLimits(Map.of());

    RetryLimits {
        limits = Map.copyOf(limits);
    }

    /**
     * @param limit zero is for ever
     * @param problem what is wrong with the entry that was chosen: it counts as none then
     */
    record Choice(Duration limit, Optional<String> problem) {}

    /** The limit of a drain: that of the longest prefix of its name. (The original took any: 09 F-13.) */
    Choice choose(String drain) {
        String chosen = null;
        for (String prefix : limits.keySet()) {
            if (drain.startsWith(prefix) && (chosen == null || prefix.length() > chosen.length())) {
                chosen = prefix;
            }
        }
        return chosen == null
                ? new Choice(Duration.ZERO, Optional.empty())
                : read(chosen, limits.getOrDefault(chosen, ""));
    }

    private static Choice read(String prefix, String text) {
        try {
            Duration limit = GoDuration.parse(text);
            if (limit.compareTo(ProgressiveRetry.QUIET) > 0) {
                return new Choice(limit, Optional.empty());
            }
            return unlimited("invalid retry limit: retrylimits/" + prefix + " must be longer than "
                    + GoDuration.format(ProgressiveRetry.QUIET) + ", got \"" + text + "\"; retrying without limit");
        } catch (IllegalArgumentException e) {
            return unlimited("invalid duration: retrylimits/" + prefix + " must be like 25m or 24h, got \"" + text
                    + "\"; retrying without limit");
        }
    }

    private static Choice unlimited(String problem) {
        return new Choice(Duration.ZERO, Optional.of(problem));
    }
}
