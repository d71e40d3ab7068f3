package logyard.core.tail.position;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import logyard.core.tail.file.FileIdentity;

/** Names the content of one file for ever; a file that was emptied and written anew has another id. */
public record StreamId(long high, long low) {
    public static final int BYTES = 16;

    /**
     * The id of one generation of a file.
     *
     * @param name whose stream it is: two followers of the same file have streams of their own
     * @param generation never used before for this name and path
     */
    public static StreamId of(String name, FileIdentity identity, long generation) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer facts = ByteBuffer.allocate(4 * Long.BYTES + utf8.length)
                .putLong(identity.device())
                .putLong(identity.inode())
                .putLong(identity.birth())
                .putLong(generation)
                .put(utf8);
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(facts.array()));
            return new StreamId(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Reads what {@link #toString} wrote. */
    @JsonCreator
    public static StreamId parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a stream id must have 32 hexadecimal digits, got " + hex);
        }
        return new StreamId(
                HexFormat.fromHexDigitsToLong(hex, 0, BYTES), HexFormat.fromHexDigitsToLong(hex, BYTES, 2 * BYTES));
    }

    /** The id in 16 bytes, big-endian, as the batch frame has it. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    @Override
    @JsonValue
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
