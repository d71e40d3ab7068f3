package logyard.config.zookeeper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * One place of the tree as it was read.
 *
 * @param value what it holds; null if nothing, or nothing of use
 * @param problem why it is of no use; null if it is
 * @param stat when and by whom it was made and changed
 */
record Znode(@Nullable JsonNode value, @Nullable String problem, Stat stat) {
    /** Longest value in bytes, read or written. */
    static final int MAX_BYTES = 64 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Takes what the server sent for one place. */
    static Znode of(byte @Nullable [] data, Stat stat) {
        if (data == null || data.length == 0) {
            return new Znode(null, null, stat);
        }
        if (data.length > MAX_BYTES) {
            return new Znode(null, "is " + data.length + " bytes long, more than " + MAX_BYTES, stat);
        }
        try {
            JsonNode value = JSON.readTree(data);
            return value.isMissingNode() ? new Znode(null, "is not JSON: blank", stat) : new Znode(value, null, stat);
        } catch (JsonProcessingException e) {
            return new Znode(null, "is not JSON: " + e.getOriginalMessage(), stat);
        } catch (IOException e) {
            return new Znode(null, "is not JSON: " + e.getMessage(), stat);
        }
    }

    /** The bytes to store for a value at {@code path}. */
    static byte[] encode(ConfigPath path, JsonNode value) {
        try {
            byte[] json = JSON.writeValueAsBytes(value);
            if (json.length > MAX_BYTES) {
                throw new ConfigException(
                        "The value of " + path + " is " + json.length + " bytes long, at most " + MAX_BYTES + " fit");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + path + " as JSON", e);
        }
    }

    /** Whether it disappears with the session that made it. */
    boolean isEphemeral() {
        return stat.getEphemeralOwner() != 0;
    }

    /** The latest transaction that left a trace here: a change of the value, or a place directly below made or deleted. */
    static long zxid(Stat stat) {
        return Math.max(stat.getMzxid(), stat.getPzxid());
    }
}
