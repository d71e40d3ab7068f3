package logyard.config;

import java.util.List;

/** Settings that cannot be used; the message names every problem found, one after the other. */
public final class ConfigException extends RuntimeException {
    public ConfigException(List<String> problems) {
        super(String.join("; ", problems));
    }
}
