package logyard.core.secret;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells names of secrets, such as {@code smtp_pass} and {@code X-Api-Key}, from others, such as {@code bypass}. */
public final class SecretNames {
    /** A {@code key} that is longer is no name of a list. */
    private static final int LONGEST_KEY = 20;

    /** Where a word begins in {@code authToken}. */
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /** Names in lower case (spec 03 §12); {@code sig} is that of a shared access signature. */
    private static final Pattern SECRET = Pattern.compile(
            ".*(?:token(?!i[sz])|passw(?:or)?d|pass[_-]?(?:word|phrase|code)|pwd|secret(?!ar[iy])|credential|bearer)"
                    + ".*(?<![_-]dir)"
                    // a word that ends so, unless it is one of the few in English that do
                    + "|.*(?<!by|com|over|sur|tres|under)pass(?![_-]?through)(?:[^a-z].*)?"
                    + "|(?:.*[^a-z])?(?:access|account|api|auth|encryption|hmac|master|private|session|shared|signing|ssh)"
                    + "[_-]?keys?(?:[_-]?\\d+)?"
                    + "|(?:.*[^a-z])?(?:authorization|creds?|jwt|signature)|sig");

    private SecretNames() {}

    /** Whether a value of this name is a secret, in a URI or elsewhere. */
    public static boolean isSecret(String name) {
        String words = HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
        return SECRET.matcher(words).matches();
    }

    /** Whether this value of this name is. */
    public static boolean isSecret(String name, String value) {
        return isSecret(name) || (name.equalsIgnoreCase("key") && value.length() > LONGEST_KEY);
    }
}
