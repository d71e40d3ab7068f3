package logyard.core.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import logyard.core.event.BatchFrame;
import logyard.core.event.MalformedFrameException;

/**
 * What a named subscriber asks the core for, as one frame of JSON; see docs/formats.md. Asking the same twice is as asking
 * once.
 *
 * @param session names one life of the client; another one of the same subscriber takes its place
 * @param prefixes what the keys begin with that it wants; needed where {@code acknowledged} is empty
 * @param acknowledged the number of the last delivery that is done with; empty where the session begins
 * @param credit so many deliveries may be on their way, or not done with
 * @param unsubscribe to be forgotten, instead of all that
 */
public record ReadRequest(
        String subscriber,
        String session,
        List<String> prefixes,
        OptionalLong acknowledged,
        int credit,
        boolean unsubscribe) {
    /** The longest request that is read. */
    public static final int MAX_BYTES = 64 << 10;

    /** How many prefixes one subscriber may have. */
    public static final int MAX_PREFIXES = 100;

    /** Whoever gives more credit gets no more than this. */
    public static final int MAX_CREDIT = 16;

    private static final int MOST_SHOWN = 100;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public ReadRequest {
        prefixes = List.copyOf(prefixes);
    }

    byte[] toFrame() {
        ObjectNode json = JSON.createObjectNode().put("subscriber", subscriber).put("session", session);
        if (unsubscribe) {
            json.put("unsubscribe", true);
        } else if (acknowledged.isPresent()) {
            json.put("acknowledged", acknowledged.getAsLong()).put("credit", credit);
        } else {
            prefixes.forEach(json.putArray("prefixes")::add);
            json.put("credit", credit);
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot write to memory", e);
        }
    }

    /**
     * Reads a request; fields of later versions are passed over.
     *
     * @throws MalformedFrameException if it cannot be served; it says what would be right
     */
    public static ReadRequest parse(byte[] frame) throws MalformedFrameException {
        JsonNode json = json(frame);
        String subscriber = name(json, "subscriber");
        if (json.path("unsubscribe").asBoolean(false)) {
            return new ReadRequest(subscriber, session(frame), List.of(), OptionalLong.empty(), 0, true);
        }
        String session = name(json, "session");
        OptionalLong acknowledged = OptionalLong.empty();
        List<String> prefixes = List.of();
        if (json.has("acknowledged")) {
            acknowledged = OptionalLong.of(number(json, "acknowledged"));
        } else {
            prefixes = prefixes(json.path("prefixes"));
        }
        int credit = (int) Math.min(MAX_CREDIT, number(json, "credit"));
        return new ReadRequest(subscriber, session, prefixes, acknowledged, credit, false);
    }

    /** The session that a request names, which may be bad otherwise; empty if it names none. */
    public static String session(byte[] frame) {
        try {
            String session = json(frame).path("session").asText();
            return BatchFrame.isClientName(session) ? session : "";
        } catch (MalformedFrameException e) {
            return "";
        }
    }

    private static JsonNode json(byte[] frame) throws MalformedFrameException {
        try {
            JsonNode json = JSON.readTree(frame);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            // what it must be is said below
        }
        throw new MalformedFrameException("a request must be one frame of at most " + MAX_BYTES
                + " bytes that holds a JSON object, got \""
                + shown(new String(frame, 0, Math.min(frame.length, MOST_SHOWN), StandardCharsets.UTF_8)) + "\"");
    }

    private static String name(JsonNode json, String field) throws MalformedFrameException {
        JsonNode value = json.path(field);
        if (!value.isTextual() || !BatchFrame.isClientName(value.textValue())) {
            throw new MalformedFrameException(field + " must be 1 to " + BatchFrame.MAX_CLIENT_BYTES
                    + " visible ASCII characters, got " + shown(value));
        }
        return value.textValue();
    }

    private static long number(JsonNode json, String field) throws MalformedFrameException {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new MalformedFrameException(field + " must be a whole number from 0 on, got " + shown(value));
        }
        return value.longValue();
    }

    private static List<String> prefixes(JsonNode json) throws MalformedFrameException {
        if (!json.isArray() || json.isEmpty() || json.size() > MAX_PREFIXES) {
            throw new MalformedFrameException(
                    "prefixes must be a list of 1 to " + MAX_PREFIXES + ", of which \"\" is everything, got "
                            + (json.isArray() ? json.size() + " of them" : shown(json)));
        }
        List<String> prefixes = new ArrayList<>();
        for (JsonNode prefix : json) {
            if (!prefix.isTextual()
                    || prefix.textValue().getBytes(StandardCharsets.UTF_8).length > Bus.MAX_PREFIX_BYTES) {
                throw new MalformedFrameException(
                        "a prefix must be a text of at most " + Bus.MAX_PREFIX_BYTES + " bytes, got " + shown(prefix));
            }
            prefixes.add(prefix.textValue());
        }
        return prefixes;
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "none" : shown(value.toString());
    }

    private static String shown(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}
