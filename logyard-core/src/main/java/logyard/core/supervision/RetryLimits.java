package logyard.core.supervision;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import logyard.config.ConfigException;
import logyard.config.GoDuration;

/**
 * How long a drain is retried, by the beginning of its name (spec 03 §7.1).
 *
 * @param limits duration by name prefix, as configured
 */
public record RetryLimits(Map<String, String> limits) {
    static final RetryLimits NONE = new RetryLimits(Map.of());

    public RetryLimits {
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
            return new Choice(parse(prefix, text), Optional.empty());
        } catch (ConfigException e) {
            return new Choice(Duration.ZERO, Optional.of(e.getMessage() + "; retrying without limit"));
        }
    }

    /**
     * The limit for drains whose names begin with {@code prefix}.
     *
     * @throws ConfigException if {@code text} is none
     */
    public static Duration parse(String prefix, String text) {
        Duration limit;
        try {
            limit = GoDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "invalid duration: retrylimits/" + prefix + " must be like 25m or 24h, got \"" + text + "\"");
        }
        if (limit.compareTo(ProgressiveRetry.QUIET) <= 0) {
            throw new ConfigException("invalid retry limit: retrylimits/" + prefix + " must be longer than "
                    + GoDuration.format(ProgressiveRetry.QUIET) + ", got \"" + text + "\"");
        }
        return limit;
    }
}
