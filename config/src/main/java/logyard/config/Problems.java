package logyard.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects everything that is wrong with some settings, so that whoever wrote them hears of all of it at once.
 *
 * <p>Not thread-safe: one check, one instance.
 */
public final class Problems {
    private final List<String> found = new ArrayList<>();

    /** Notes {@code problem}, which names the value and what would be right, unless {@code holds}. */
    public Problems require(boolean holds, String problem) {
        return holds ? this : add(problem);
    }

    /** Notes one more problem. */
    public Problems add(String problem) {
        found.add(problem);
        return this;
    }

    /** How many there are so far. */
    public int count() {
        return found.size();
    }

    /** Ends the check: all that was found becomes one exception. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(found);
        }
    }
}
