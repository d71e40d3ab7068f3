package logyard.config;

import java.util.List;

/** Settings that cannot be used; the message names every problem found, one after the other. */
public final class ConfigException extends RuntimeException {
    private final List<String> problems;

    public ConfigException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public ConfigException(String problem) {
        this(List.of(problem));
    }

    /** What is wrong, each with the value and the remedy. */
    public List<String> problems() {
        return problems;
    }
}
