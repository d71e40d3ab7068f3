package logyard.core.sieve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import logyard.config.ConfigPath;
import logyard.config.ConfigReader;
import logyard.core.settings.CloudEventsConfig;
import logyard.core.sieve.handler.HandlerException;

/** Sieves for tests. */
public final class Specs {
    private static final JsonMapper JSON = new JsonMapper();

    private Specs() {}

    /** The sieve of specs in JSON, which may use single quotes. */
    public static Sieve sieve(String events) {
        return Sieve.of(new CloudEventsConfig(json(events.replace('\'', '"'))));
    }

    /** The sieve of the packaged specs. */
    public static Sieve packaged() {
        return Sieve.of(new ConfigReader<>(ConfigPath.CLOUD_EVENTS, CloudEventsConfig.class).defaults());
    }

    /** The event of a line. */
    public static Optional<CloudEvent> recognize(Sieve sieve, String process, String text) {
        try {
            return sieve.recognize(SystailLine.of(process, text, "10.0.0.5", 1366305302));
        } catch (HandlerException e) {
            throw new AssertionError(e.reason(), e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
