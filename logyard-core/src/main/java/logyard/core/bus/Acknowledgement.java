package logyard.core.bus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import logyard.core.event.MalformedFrameException;
import logyard.core.event.StreamId;

/**
 * What the core tells a publisher, as one frame: {@code <client>
 * {"core":"<epoch>","streams":{"<id>":<position>},"resend":{"<id>":<position>}}}.
 *
 * @param core names one life of the core; another one means that what was in flight may be lost
 * @param streams up to where each stream is stored safely
 * @param resend streams of which something did not arrive, with the position to go back to
 */
record Acknowledgement(String core, Map<StreamId, Long> streams, Map<StreamId, Long> resend) {
    private static final JsonFactory JSON = new JsonFactory();

    Acknowledgement {
        streams = Map.copyOf(streams);
        resend = Map.copyOf(resend);
    }

    /** The first bytes of every frame for {@code client}, which is what it subscribes to. */
    static byte[] topic(String client) {
        return (client + " ").getBytes(StandardCharsets.US_ASCII);
    }

    byte[] toFrame(String client) {
        var text = new StringWriter();
        text.append(client).append(' ');
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("core", core);
            write(json, "streams", streams);
            write(json, "resend", resend);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to memory", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, String field, Map<StreamId, Long> positions) throws IOException {
        json.writeObjectFieldStart(field);
        for (var position : positions.entrySet()) {
            json.writeNumberField(position.getKey().toString(), position.getValue());
        }
        json.writeEndObject();
    }

    /** Reads a frame that begins with {@code topic}; fields of later versions are passed over. */
    static Acknowledgement parse(byte[] frame, byte[] topic) throws MalformedFrameException {
        if (frame.length < topic.length || !Arrays.equals(frame, 0, topic.length, topic, 0, topic.length)) {
            throw new MalformedFrameException("acknowledgement for another client");
        }
        String core = "";
        Map<StreamId, Long> streams = new HashMap<>();
        Map<StreamId, Long> resend = new HashMap<>();
        try (JsonParser json = JSON.createParser(frame, topic.length, frame.length - topic.length)) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                switch (field) {
                    case "core" -> {
                        require(value == JsonToken.VALUE_STRING);
                        core = json.getText();
                    }
                    case "streams" -> read(json, streams);
                    case "resend" -> read(json, resend);
                    default -> json.skipChildren();
                }
            }
            require(json.nextToken() == null);
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedFrameException("acknowledgement that cannot be read: " + e.getMessage());
        }
        return new Acknowledgement(core, streams, resend);
    }

    private static void read(JsonParser json, Map<StreamId, Long> positions)
            throws IOException, MalformedFrameException {
        require(json.currentToken() == JsonToken.START_OBJECT);
        for (String id = json.nextFieldName(); id != null; id = json.nextFieldName()) {
            require(json.nextToken() == JsonToken.VALUE_NUMBER_INT);
            require(json.getLongValue() >= 0);
            positions.put(StreamId.parse(id), json.getLongValue());
        }
    }

    private static void require(boolean expected) throws MalformedFrameException {
        if (!expected) {
            throw new MalformedFrameException("acknowledgement of another form");
        }
    }
}
