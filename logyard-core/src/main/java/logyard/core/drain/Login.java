package logyard.core.drain;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Who a drain is to its Redis, from {@code user:password@} or {@code user:secret:NAME@} of its URI.
 *
 * @param user empty: the default user
 * @param password empty: no login
 * @param secret name of the file that holds the password; empty: it is in the URI
 */
public record Login(String user, String password, String secret) {
    private static final String REFERENCE = "secret:";

    /**
     * Reads it.
     *
     * @throws InvalidDrainException if it is none, without naming it
     */
    public static Login of(String userInfo) {
        if (userInfo.isEmpty()) {
            return new Login("", "", "");
        }
        int colon = userInfo.indexOf(':');
        String given = userInfo.substring(colon + 1);
        if (colon < 0 || given.isEmpty()) {
            throw new InvalidDrainException(
                    "a login needs a password behind a colon, such as redis://:PASSWORD@host:6379"
                            + ", redis://USER:PASSWORD@host:6379 or redis://USER:secret:NAME@host:6379");
        }
        String user = unescape(userInfo.substring(0, colon));
        if (given.startsWith(REFERENCE)) {
            return new Login(
                    user, "", SecretFiles.requireName("secret", unescape(given.substring(REFERENCE.length()))));
        }
        return new Login(user, unescape(given), "");
    }

    private static String unescape(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * The password as it is now; empty if there is no login. May wait for the disk.
     *
     * @param secrets the folder {@code drain.secrets_dir}
     * @throws IOException if its file cannot be read
     */
    public String currentPassword(Path secrets) throws IOException {
        return secret.isEmpty() ? password : SecretFiles.line(secrets, secret);
    }

    @Override
    public String toString() {
        return "Login{" + user + "}"; // never the password
    }
}
