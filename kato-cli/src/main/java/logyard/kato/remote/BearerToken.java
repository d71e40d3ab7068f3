package logyard.kato.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;
import java.util.regex.Pattern;
import logyard.kato.command.CommandFailedException;

/** What a program must know to be let in. */
final class BearerToken {
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{16,512}");
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final String SCHEME = "Bearer ";

    private final byte[] token;

    private BearerToken(String token) {
        this.token = token.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads it from a file: the token, and perhaps a line end.
     *
     * @throws CommandFailedException if the file cannot be used, or others than its owner may read it
     */
    static BearerToken read(Path file) {
        String text;
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
            text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw new CommandFailedException("cannot read the token in " + file + " ("
                    + e.getClass().getSimpleName() + "); make one: (umask 077; openssl rand -hex 32 > " + file + ")");
        }
        if (!OWNERS.containsAll(permissions)) {
            throw new CommandFailedException("others than its owner may use " + file + " ("
                    + PosixFilePermissions.toString(permissions)
                    + "); its token is none any more: make another, and chmod"
                    + " 600 " + file);
        }
        if (!TOKEN.matcher(text).matches()) {
            throw new CommandFailedException(file + " must hold one token of 16 to 512 printable characters without"
                    + " blanks, such as openssl rand -hex 32 makes, got " + text.length() + " characters");
        }
        return new BearerToken(text);
    }

    /** Whether a header {@code Authorization: Bearer …} has it; takes as long for a wrong one as for the right one. */
    boolean isIn(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8), token);
    }
}
