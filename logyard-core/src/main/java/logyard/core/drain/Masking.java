package logyard.core.drain;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logyard.core.secret.SecretNames;
import logyard.core.secret.SecretText;

/**
 * Hides passwords and tokens: everything that is shown or logged and may hold a drain's URI goes through here. What may
 * be a secret is hidden, be the URI valid or not.
 */
public final class Masking {
    static final String MASK = SecretText.MASK;

    private static final String SCHEME_END = "://";
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");
    private static final Pattern PARAMETER = Pattern.compile("([?&])([^=&#]*)=([^&#]*)");

    /** {@code name=value} and nothing else; a URI, say, is no name. */
    private static final Pattern ASSIGNMENT = Pattern.compile("([\\w./%-]+)=(.*)", Pattern.DOTALL);

    private static final Pattern PORT = Pattern.compile("(?:[^:]*|.*]):?\\d*");

    /** A URI in a text, without what ends the sentence or the quotation it is in. */
    private static final Pattern URI_IN_TEXT =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://\\S*?(?=[\"',;:)\\]]*(?:\\s|$))");

    private Masking() {}

    /** Hides secrets in the value of a setting, or in a word of a command line, be it a URI, an assignment or text. */
    public static String value(String value) {
        Matcher whole = ASSIGNMENT.matcher(value);
        if (whole.matches() && SecretNames.isSecret(whole.group(1), whole.group(2))) {
            return whole.group(1) + "=" + MASK;
        }
        boolean isWord = value.chars().noneMatch(Character::isWhitespace);
        if (isWord && URI.matcher(value).lookingAt()) {
            return uri(value); // its host may well have the name of a secret
        }
        return SecretText.inValue(isWord ? uri(value) : uris(value));
    }

    /**
     * Hides user, password and parameters that are secrets in what may or may not be a valid URI, and secrets in the other
     * parameters, such as a format.
     */
    public static String uri(String uri) {
        return PARAMETER
                .matcher(withoutLogins(uri))
                .replaceAll(parameter -> Matcher.quoteReplacement(parameter(parameter)));
    }

    /** Without user and password, be it one URI, or several, or one whose scheme is missing. */
    private static String withoutLogins(String uri) {
        var masked = new StringBuilder(uri.length());
        String rest = uri;
        int end = rest.indexOf(SCHEME_END);
        while (end >= 0) {
            int begin = end;
            while (begin > 0 && isOfScheme(rest.charAt(begin - 1))) {
                begin--;
            }
            int from = end + SCHEME_END.length();
            masked.append(SecretText.credentials(rest.substring(0, begin))).append(rest, begin, from);
            rest = rest.substring(begin);
            int at = lastOfUserInfo(rest, from - begin);
            if (at < 0) {
                return masked.append(rest, from - begin, rest.length()).toString();
            }
            masked.append(MASK);
            rest = rest.substring(at);
            end = rest.indexOf(SCHEME_END);
        }
        return masked.append(masked.length() == 0 ? SecretText.credentials(rest) : rest)
                .toString();
    }

    private static boolean isOfScheme(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.');
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
        String value = parameter.group(3);
        String shown = SecretNames.isSecret(decoded(parameter.group(2)), value) ? MASK : parameterValue(value);
        return parameter.group(1) + parameter.group(2) + "=" + shown;
    }

    /** As given if there is no secret in it. */
    private static String parameterValue(String value) {
        String decoded = decoded(value);
        String masked = SecretText.inValue(uris(decoded));
        if (masked.equals(decoded)) {
            return value;
        }
        return decoded.equals(value) ? masked : URLEncoder.encode(masked, StandardCharsets.UTF_8);
    }

    private static String decoded(String escaped) {
        try {
            return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return escaped;
        }
    }

    /** Hides the secrets of a text, such as the message of an exception: of all URIs, and others. */
    public static String text(String text) {
        return SecretText.inSentence(uris(text));
    }

    private static String uris(String text) {
        var masked = new StringBuilder(text.length());
        Matcher found = URI_IN_TEXT.matcher(text);
        int copied = 0;
        while (text.contains(SCHEME_END) && found.find()) {
            masked.append(SecretText.credentials(text.substring(copied, found.start())))
                    .append(uri(found.group()));
            copied = found.end();
        }
        return masked.append(SecretText.credentials(text.substring(copied))).toString();
    }
}
