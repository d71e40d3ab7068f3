package logyard.core.router;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** One that reads the journal, with what it wants: 128 bits of a hash of that. */
record ReaderKey(long high, long low) {
    static ReaderKey of(String kind, String name, List<String> filters) {
        var text = new StringBuilder().append(kind).append('\0').append(name);
        filters.forEach(filter -> text.append('\0').append(filter));
        try {
            ByteBuffer hash = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8)));
            return new ReaderKey(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("each Java has it", e);
        }
    }
}
