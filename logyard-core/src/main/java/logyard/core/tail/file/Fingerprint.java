package logyard.core.tail.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How a file begins, in a form to be saved: tells a file that was emptied and refilled from one that only grew.
 *
 * @param length bytes hashed; grows with the file up to {@link #LONGEST}
 * @param hash the first eight bytes of their SHA-256; 0 if there are none
 */
public record Fingerprint(int length, long hash) {
    /** More of a file is never hashed. */
    public static final int LONGEST = 1024;

    public static final Fingerprint NONE = new Fingerprint(0, 0);

    /** The fingerprint of the bytes from the buffer's position to its limit. */
    static Fingerprint of(ByteBuffer beginning) {
        int length = beginning.remaining();
        if (length == 0) {
            return NONE;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(beginning);
            return new Fingerprint(length, ByteBuffer.wrap(digest.digest()).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
