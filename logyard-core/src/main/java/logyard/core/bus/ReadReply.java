package logyard.core.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import logyard.core.event.MalformedFrameException;

/**
 * What the core tells a named subscriber in the first frame of two; the second is a batch, or empty. See docs/formats.md.
 *
 * @param session the one it is for; empty if the core could not find out
 * @param journal names the journal that the positions in the batch are of
 * @param number counts the deliveries of a session, from 1 on; 0 if this is none
 * @param missed what the subscriber wanted and never gets
 * @param problem why there will be no more for this session
 */
public record ReadReply(String session, String journal, long number, Missed missed, Optional<Problem> problem) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Why a session does not go on. */
    public enum Reason {
        /** Another session of the same subscriber has begun, or it was unsubscribed. */
        REPLACED,
        /** The core does not know it: it was started anew, or has not heard of the client for too long. Begin another. */
        UNKNOWN,
        /** It asks for what it cannot have. */
        REFUSED
    }

    /**
     * Why a session does not go on.
     *
     * @param text for people: what was wrong, and what would be right
     */
    public record Problem(Reason reason, String text) {}

    /** An answer that holds nothing: the session goes on. */
    public static ReadReply nothing(String session, String journal) {
        return new ReadReply(session, journal, 0, Missed.NOTHING, Optional.empty());
    }

    /** A refusal. */
    public static ReadReply problem(String session, Reason reason, String text) {
        return new ReadReply(session, "", 0, Missed.NOTHING, Optional.of(new Problem(reason, text)));
    }

    /** The frame. */
    public byte[] toFrame() {
        ObjectNode json = JSON.createObjectNode().put("session", session);
        if (problem.isPresent()) {
            json.put("reason", problem.get().reason().name().toLowerCase(java.util.Locale.ROOT))
                    .put("error", problem.get().text());
        } else {
            json.put("journal", journal);
        }
        if (number > 0) {
            json.put("number", number)
                    .putObject("lost")
                    .put("evicted", missed.evicted())
                    .put("damaged", missed.damaged())
                    .put("unstored", missed.unstored());
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot write to memory", e);
        }
    }

    /** Reads the frame; fields of later versions are passed over. */
    static ReadReply parse(byte[] frame) throws MalformedFrameException {
        JsonNode json;
        try {
            json = JSON.readTree(frame);
        } catch (IOException e) {
            throw new MalformedFrameException("answer that cannot be read: " + e.getMessage());
        }
        if (json == null || !json.isObject()) {
            throw new MalformedFrameException("answer that is no JSON object");
        }
        JsonNode lost = json.path("lost");
        var missed = new Missed(
                lost.path("evicted").asLong(),
                lost.path("damaged").asLong(),
                lost.path("unstored").asLong());
        Optional<Problem> problem = json.has("error")
                ? Optional.of(new Problem(
                        reason(json.path("reason").asText()), json.path("error").asText()))
                : Optional.empty();
        return new ReadReply(
                json.path("session").asText(),
                json.path("journal").asText(),
                json.path("number").asLong(),
                missed,
                problem);
    }

    private static Reason reason(String label) {
        for (Reason reason : Reason.values()) {
            if (reason.name().equalsIgnoreCase(label)) {
                return reason;
            }
        }
        return Reason.REFUSED;
    }
}
