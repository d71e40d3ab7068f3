package logyard.apptail.instance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import logyard.core.event.AppInstance;
import logyard.core.event.Keys;

/**
 * Reads the messages of DEAs and stagers, of 2013 and of the final version. Names of fields count in any case, unknown
 * ones do not count at all. Whoever sent it may be anybody: everything is checked. Safe for use by several threads.
 */
final class AnnouncementReader {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** A server takes messages of 1 MiB; a real one has 1 KiB. */
    private static final int MAX_BYTES = 64 << 10;

    private static final int SHORT_ID = 12;
    private static final int MOST_SHOWN = 60;
    private static final int MAX_TEXT = 512;
    private static final int MAX_PATH = 4096;
    private static final int MAX_NAMED = 64;
    private static final BigInteger MAX_ID = BigInteger.valueOf(Long.MAX_VALUE);
    private static final Pattern CONTAINER = Pattern.compile("[A-Za-z0-9_.-]{12,128}");
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Map<String, JsonNode> fields = new HashMap<>();

    private AnnouncementReader(byte[] message) throws MalformedAnnouncementException {
        if (message.length > MAX_BYTES) {
            throw new MalformedAnnouncementException(
                    "it has " + message.length + " bytes, at most " + MAX_BYTES + " are read");
        }
        JsonNode object;
        try {
            object = JSON.readTree(message);
        } catch (JsonProcessingException e) {
            throw new MalformedAnnouncementException(
                    "it is no JSON: " + e.getClass().getSimpleName());
        } catch (IOException e) {
            throw new MalformedAnnouncementException(
                    "it cannot be read: " + e.getClass().getSimpleName());
        }
        if (object == null || !object.isObject()) {
            throw new MalformedAnnouncementException("it is no JSON object");
        }
        object.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                fields.put(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
            }
        });
    }

    /**
     * Reads {@code logyard.<uid>.newinstance}.
     *
     * @throws MalformedAnnouncementException if it is none
     */
    static Announcement read(byte[] message) throws MalformedAnnouncementException {
        return new AnnouncementReader(message).announcement();
    }

    /**
     * Reads {@code logyard.<uid>.stopinstance}: the short id of the container that ended.
     *
     * @throws MalformedAnnouncementException if it names none
     */
    static String readStop(byte[] message) throws MalformedAnnouncementException {
        String id = new AnnouncementReader(message).container();
        if (id.isEmpty()) {
            throw new MalformedAnnouncementException("docker_id is missing");
        }
        return id;
    }

    private Announcement announcement() throws MalformedAnnouncementException {
        AppInstance app = app();
        String source = text("type", MAX_TEXT);
        if (source.isEmpty()) {
            source = "app";
        }
        if (!SOURCE.matcher(source).matches()) {
            throw wrong("Type must be a word such as app or staging", "type");
        }
        String root = text("rootpath", MAX_PATH);
        List<NamedLog> logs = logs();
        if (root.isEmpty() && logs.isEmpty()) {
            throw new MalformedAnnouncementException("it has neither RootPath nor LogFiles");
        }
        String container = container();
        String key = container.isEmpty() ? keyOf(app, source, root, logs) : container;
        return new Announcement(key, app, source, root, logs, flag("docker_streams"));
    }

    private AppInstance app() throws MalformedAnnouncementException {
        String id = id();
        String guid = text("appguid", MAX_TEXT);
        if (guid.isEmpty()) {
            guid = id;
        }
        if (!Keys.isName(guid) || guid.length() > 128) {
            throw wrong("AppGUID must have 1 to 128 letters, digits, _ and -, or AppID be a number", "appguid");
        }
        return new AppInstance(
                guid, text("appname", MAX_TEXT), text("appspace", MAX_TEXT), text("group", MAX_TEXT), id, index());
    }

    /** The number of 2013; empty if there is none. */
    private String id() throws MalformedAnnouncementException {
        JsonNode value = fields.get("appid");
        if (value == null) {
            return "";
        }
        if (!value.isIntegralNumber()
                || value.bigIntegerValue().signum() < 0
                || value.bigIntegerValue().compareTo(MAX_ID) > 0) {
            throw wrong("AppID must be a number from 0 to " + MAX_ID, "appid");
        }
        return value.bigIntegerValue().toString();
    }

    private int index() throws MalformedAnnouncementException {
        JsonNode value = fields.get("index");
        if (value == null) {
            return 0;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw wrong("Index must be a number from 0 to " + Integer.MAX_VALUE, "index");
        }
        return value.intValue();
    }

    /** The short id of the container; empty if none is named. */
    private String container() throws MalformedAnnouncementException {
        String id = text("docker_id", MAX_TEXT);
        if (!id.isEmpty() && !CONTAINER.matcher(id).matches()) {
            throw wrong("docker_id must have " + SHORT_ID + " to 128 letters, digits, _, - and .", "docker_id");
        }
        return id.isEmpty() ? id : id.substring(0, SHORT_ID);
    }

    private List<NamedLog> logs() throws MalformedAnnouncementException {
        var logs = new ArrayList<NamedLog>();
        JsonNode value = fields.get("logfiles");
        if (value == null) {
            return logs;
        }
        if (!value.isContainerNode() || value.size() > MAX_NAMED) {
            throw wrong("LogFiles must be a list or an object of at most " + MAX_NAMED, "logfiles");
        }
        if (value.isArray()) {
            for (JsonNode path : value) {
                String given = path(path);
                logs.add(new NamedLog(nameOf(given, logs), given));
            }
        } else {
            for (Map.Entry<String, JsonNode> log : value.properties()) {
                if (!log.getValue().isNull()) {
                    logs.add(new NamedLog(log.getKey(), path(log.getValue())));
                }
            }
        }
        return logs;
    }

    /** The last part of the path; with a number if there is another log of that name. */
    private static String nameOf(String path, List<NamedLog> others) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Set<String> taken = others.stream().map(NamedLog::name).collect(Collectors.toSet());
        String free = name;
        for (int number = 2; taken.contains(free); number++) {
            free = name + "." + number;
        }
        return free;
    }

    private String path(JsonNode value) throws MalformedAnnouncementException {
        if (!value.isTextual() || value.textValue().length() > MAX_PATH) {
            throw wrong("a path of LogFiles must be a text of at most " + MAX_PATH + " characters", "logfiles");
        }
        return value.textValue();
    }

    private String text(String name, int most) throws MalformedAnnouncementException {
        JsonNode value = fields.get(name);
        if (value == null) {
            return "";
        }
        if (!value.isTextual() || value.textValue().length() > most) {
            throw wrong(name + " must be a text of at most " + most + " characters", name);
        }
        return value.textValue();
    }

    private boolean flag(String name) throws MalformedAnnouncementException {
        JsonNode value = fields.get(name);
        if (value != null && !value.isBoolean()) {
            throw wrong(name + " must be true or false", name);
        }
        return value != null && value.booleanValue();
    }

    /** Whoever announces the same again means the same instance. */
    private static String keyOf(AppInstance app, String source, String root, List<NamedLog> logs) {
        List<NamedLog> inOrder = logs.stream() // members of an object have none
                .sorted(Comparator.comparing(NamedLog::name).thenComparing(NamedLog::path))
                .toList();
        String all = app.guid() + '\n' + app.index() + '\n' + source + '\n' + root + '\n' + inOrder;
        UUID hash = UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
        return app.guid() + "." + app.index() + "." + hash.toString().substring(0, 8);
    }

    /** What must be otherwise, and what it is instead; both as short as a line of a log should be. */
    private MalformedAnnouncementException wrong(String what, String field) {
        return new MalformedAnnouncementException(what + ", got " + shown(field)
                + (field.equals("appguid") ? "" : " (AppGUID " + shown("appguid") + ")"));
    }

    private String shown(String field) {
        JsonNode value = fields.get(field);
        String json = value == null ? "none" : value.toString().replaceAll("[^ -~]", "?");
        return json.length() > MOST_SHOWN ? json.substring(0, MOST_SHOWN) + "…" : json;
    }
}
