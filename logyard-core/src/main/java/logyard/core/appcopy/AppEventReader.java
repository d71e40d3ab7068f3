package logyard.core.appcopy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import logyard.core.event.AppInstance;
import logyard.core.event.Keys;
import logyard.core.event.Message;

/**
 * Reads the events that are about an application: {@code event.timeline} of the final version, and those of 2013 (spec 05
 * §9). Whoever can make a process log a line may have made them: everything is checked. One thread.
 */
final class AppEventReader {
    private static final String TIMELINE = Keys.event("timeline");

    /** The events of 2013, and who is said to have told of them. */
    private static final Map<String, String> SOURCES_OF_2013 = Map.of(
            Keys.event("dea_start"), "stackato.dea",
            Keys.event("dea_ready"), "stackato.dea",
            Keys.event("dea_stop"), "stackato.dea",
            Keys.event("stager_start"), "stackato.stager",
            Keys.event("stager_end"), "stackato.stager",
            Keys.event("cc_app_update"), "stackato.controller");

    private static final String OF_AN_INSTANCE = "stackato.dea";
    private static final int NO_INSTANCE = -1;

    /** What it tells it publishes as a line, too. */
    private static final String TELLS_ITSELF = "apptail";

    private static final long LAST_SECOND = 253_402_300_799L; // of the year 9999, which has the form of the others
    private static final int MAX_NAME = 512;
    private static final int MAX_GUID = 128;

    /** As of the description of an event. */
    private static final int MAX_TEXT = 64 << 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<String> brand;

    /** @param brand what the cluster calls itself */
    AppEventReader(Supplier<String> brand) {
        this.brand = brand;
    }

    /** What the frames that it can read begin with. */
    static List<String> prefixes() {
        return Stream.concat(Stream.of(TIMELINE), SOURCES_OF_2013.keySet().stream())
                .map(key -> key + " ")
                .toList();
    }

    /**
     * The line that an event is to its application; empty if it is none of these events, or there is that line already.
     *
     * @param message {@code <key> SP <json>}
     */
    Optional<AppLine> read(Message message) throws MalformedAppEventException {
        String key = message.key();
        if (key.equals(TIMELINE)) {
            return timeline(json(message));
        }
        String source = SOURCES_OF_2013.get(key);
        return source == null ? Optional.empty() : Optional.of(of2013(source, json(message)));
    }

    private static JsonNode json(Message message) throws MalformedAppEventException {
        try {
            JsonNode event = JSON.readTree(message.bytes(), message.valueStart(), message.valueLength());
            if (event != null && event.isObject()) {
                return event;
            }
        } catch (JsonProcessingException e) {
            throw new MalformedAppEventException(
                    "it is no JSON: " + e.getClass().getSimpleName());
        } catch (IOException e) {
            throw new MalformedAppEventException("it cannot be read: " + e.getMessage());
        }
        throw new MalformedAppEventException("it is no JSON object");
    }

    private Optional<AppLine> timeline(JsonNode event) throws MalformedAppEventException {
        String process = text(event, "process");
        if (process.isEmpty()) {
            throw new MalformedAppEventException("process is missing");
        }
        if (process.equals(TELLS_ITSELF)) {
            return Optional.empty();
        }
        JsonNode info = event.path("info");
        JsonNode app = info.path("app");
        String id = id(app, "id");
        String guid = text(app, "guid");
        int index = index(info, "instance_index").orElse(NO_INSTANCE);
        var instance = new AppInstance(
                checked(guid.isEmpty() ? id : guid, "info.app.guid"),
                text(app, "name"),
                text(app, "space_guid"),
                "",
                id,
                index);
        String source = brand.get() + "[" + process + (index < 0 ? "" : "." + index) + "]";
        return Optional.of(line(event, instance, source));
    }

    private AppLine of2013(String source, JsonNode event) throws MalformedAppEventException {
        JsonNode info = either(event, "info", "Info");
        String id = checked(id(info, "app_id"), "info.app_id");
        String name = text(info, "app_name");
        String group = text(info, "group");
        if (name.isEmpty() || group.isEmpty()) {
            throw new MalformedAppEventException("info.app_name or info.group is missing");
        }
        int index = NO_INSTANCE;
        if (source.equals(OF_AN_INSTANCE)) {
            index = index(info, "instance")
                    .orElseThrow(() -> new MalformedAppEventException("info.instance is missing"));
        }
        return line(event, new AppInstance(id, name, "", group, id, index), source);
    }

    private static AppLine line(JsonNode event, AppInstance app, String source) throws MalformedAppEventException {
        JsonNode text = either(event, "desc", "Desc");
        if (!text.isTextual()) {
            throw new MalformedAppEventException("desc must be a text");
        }
        JsonNode time = either(event, "unix_time", "UnixTime");
        if (!time.isIntegralNumber()
                || !time.canConvertToLong()
                || time.longValue() < 0
                || time.longValue() > LAST_SECOND) {
            throw new MalformedAppEventException("unix_time must be whole seconds since 1970, up to the year 9999");
        }
        return new AppLine(app, source, shortened(text.textValue()), time.longValue());
    }

    /** A field by its name of today, or by that of 2013. */
    private static JsonNode either(JsonNode event, String name, String nameOf2013) {
        JsonNode value = event.path(name);
        return value.isMissingNode() ? event.path(nameOf2013) : value;
    }

    private static String shortened(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT);
    }

    private static String checked(String guid, String field) throws MalformedAppEventException {
        if (!Keys.isName(guid) || guid.length() > MAX_GUID) {
            throw new MalformedAppEventException(field + " must have 1 to " + MAX_GUID + " letters, digits, _ and -");
        }
        return guid;
    }

    /** The number of 2013 in decimal; empty if there is none. */
    private static String id(JsonNode in, String field) throws MalformedAppEventException {
        JsonNode value = in.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new MalformedAppEventException(field + " must be a whole number");
        }
        return Long.toString(value.longValue());
    }

    private static Optional<Integer> index(JsonNode in, String field) throws MalformedAppEventException {
        JsonNode value = in.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new MalformedAppEventException(field + " must be a whole number");
        }
        return Optional.of(Math.max(NO_INSTANCE, value.intValue()));
    }

    /** A text; empty if there is none. */
    private static String text(JsonNode in, String field) throws MalformedAppEventException {
        JsonNode value = in.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual() || value.textValue().length() > MAX_NAME) {
            throw new MalformedAppEventException(field + " must be a text of at most " + MAX_NAME + " characters");
        }
        return value.textValue();
    }
}
