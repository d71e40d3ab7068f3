package logyard.core.drain;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides passwords and tokens: the one place that knows what a secret looks like. Everything that is shown or logged and
 * may hold a drain's URI goes through here. What may be a secret is hidden, be the URI valid or not.
 */
public final class Masking {
    static final String MASK = "***";

    /** Names of parameters whose values are secrets (spec 03 §12); {@code sig} is that of a shared access signature. */
    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(?:token|passw(?:or)?d|pwd|secret|credential).*(?<!_dir)|(?:.*[_-])?(?:api|access|private)[_-]?key"
                    + "|authorization|sig(?:nature)?",
            Pattern.CASE_INSENSITIVE);

    /** A {@code key} that is longer is no name of a list. */
    private static final int LONGEST_KEY = 20;

    private static final Pattern PARAMETER = Pattern.compile("([?&])([^=&#]*)=([^&#]*)");
    private static final Pattern PORT = Pattern.compile("(?:[^:]*|.*]):?\\d*");

    /** A URI in a text, without what ends the sentence or the quotation it is in. */
    private static final Pattern URI_IN_TEXT =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://\\S*?(?=[\"',;:)\\]]*(?:\\s|$))");

    private Masking() {}

    /** Whether a value of this name is a secret, in a URI or elsewhere. */
    public static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).matches();
    }

    /** Whether this value of this name is. */
    public static boolean isSecret(String name, String value) {
        return isSecret(name) || (name.equalsIgnoreCase("key") && value.length() > LONGEST_KEY);
    }

    /** Hides user, password and parameters that are secrets in what may or may not be a valid URI. */
    public static String uri(String uri) {
        int from = uri.indexOf("://");
        String masked = uri;
        if (from >= 0) {
            int at = lastOfUserInfo(uri, from + 3);
            masked = at < 0 ? uri : uri.substring(0, from + 3) + MASK + uri.substring(at);
        }
        return PARAMETER.matcher(masked).replaceAll(parameter -> Matcher.quoteReplacement(parameter(parameter)));
    }

    /**
     * Where the {@code @} is that ends user and password; negative if there are none. A password in which somebody forgot
     * to escape a slash, a question mark or a number sign ends at an at-sign in what then looks like the path.
     */
    private static int lastOfUserInfo(String uri, int from) {
        int end = from;
        while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        int inAuthority = uri.substring(from, end).lastIndexOf('@');
        if (inAuthority >= 0) {
            return from + inAuthority;
        }
        int later = uri.lastIndexOf('@');
        if (later < end || uri.startsWith("file:")) {
            return -1;
        }
        boolean isHost = PORT.matcher(uri.substring(from, end)).matches();
        int equals = uri.indexOf('=', end);
        int at = isHost && equals >= 0 ? uri.substring(0, equals).lastIndexOf('@') : later;
        return at < end ? -1 : at;
    }

    private static String parameter(MatchResult parameter) {
        String name;
        try {
            name = URLDecoder.decode(parameter.group(2), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            name = parameter.group(2);
        }
        return isSecret(name, parameter.group(3))
                ? parameter.group(1) + parameter.group(2) + "=" + MASK
                : parameter.group();
    }

    /** Hides the secrets of all URIs in a text, such as the message of an exception. */
    public static String text(String text) {
        return text.contains("://")
                ? URI_IN_TEXT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(uri(found.group())))
                : text;
    }
}
