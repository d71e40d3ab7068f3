package logyard.drains.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The key of a list: any bytes, which must not be changed. */
final class ListKey {
    private final byte[] bytes;

    ListKey(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
