package logyard.core.secret;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides secrets in text that is no URI: the values behind names of secrets, and user and password before a host, with a
 * scheme or not. Fields of templates are none. What is hidden stays the same if it is hidden again.
 */
public final class SecretText {
    /** What is shown in place of a secret. */
    public static final String MASK = "***";

    private static final String NAME = "[\\w.%-]++";

    /** What a value without quotes ends at; inside of it the same characters are part of it. */
    private static final String END = "\\s*+\\{\\{|[\"'](?=[\\s,;:)\\]}]|$)|[,;](?=[\\s\"']|$|" + NAME
            + "[\"']?\\s*+[:=])|[.:!?](?=\\s|$)|[)\\]}](?=[\\s,;:.)\\]}\"']|$)|&(?=" + NAME + "=)|\\s++(?=" + NAME
            + "[:=])";

    private static final String QUOTED =
            "\\\\++\"[^\"]*+\"?|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"?|'[^']*+(?:''[^']*+)*+'?";

    /** A name, perhaps in quotes, and what stands between it and its value. */
    private static final Pattern ASSIGNED =
            Pattern.compile("(?<![\\w.%-])(" + NAME + ")\\\\*+[\"']?(\\s*+:(?!//)\\s*+|\\s*+=\\s*+)");

    /** A value that is a word, as behind {@code token=}. */
    private static final Pattern WORD = Pattern.compile(
            QUOTED + "|(?:(?:Bearer|Basic|Token)\\s++)?(?:(?!" + END + ")\\S)++", Pattern.CASE_INSENSITIVE);

    /** A value that may have blanks in it, as in YAML. */
    private static final Pattern LINE = Pattern.compile(QUOTED + "|(?:(?!" + END + ")\\V)++");

    /** What only stands for a value, in a template or a format. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\\\*[\"']?(?:\\{\\{|\\$\\d(?!\\w)|\\*\\*\\*)");

    /** A user before a password, and the scheme before them if its slashes are too few. */
    private static final Pattern USER =
            Pattern.compile("(?<![^\\s\"'`(=,;<>\\[{|/])((?:[A-Za-z][A-Za-z0-9+.-]*+:)?/{1,2}+)?"
                    + "([^\\s:/@\"'`(=,;<>\\[\\]{}|]*+):(?!//)");

    /** What a password ends before, if no host follows. */
    private static final Pattern END_OF_WORD = Pattern.compile("\\s|\\{\\{|}}|$");

    /** What a host is followed by, in what looks like user and password then. */
    private static final Pattern PORT_AND_PATH = Pattern.compile("\\d{1,5}[/?#].*+");

    private SecretText() {}

    /** Hides them in the value of a setting, or in a word of a command line. */
    public static String inValue(String value) {
        return assigned(credentials(value), true);
    }

    /** Hides them in a sentence, in which a colon does not mean that a value follows. */
    public static String inSentence(String sentence) {
        return assigned(sentence, false);
    }

    /** Hides user and password before a host, {@code user:password@host}. Addresses of mail and ports are none. */
    public static String credentials(String text) {
        if (text.indexOf('@') < 0) {
            return text;
        }
        Matcher user = USER.matcher(text);
        Matcher end = END_OF_WORD.matcher(text);
        var hidden = new StringBuilder(text.length());
        int copied = 0;
        int from = 0;
        while (from <= text.length() && user.find(from)) {
            from = user.end();
            int at = end.find(from) ? text.lastIndexOf('@', end.start() - 1) : -1;
            if (at < from) {
                from = end.start(); // no password in the rest of this word
            } else if (isLogin(user.group(2), text.substring(from, at)) && isHost(text, at + 1)) {
                hidden.append(text, copied, user.start())
                        .append(user.group(1) == null ? "" : user.group(1))
                        .append(MASK);
                copied = at;
                from = at;
            }
        }
        return hidden.append(text, copied, text.length()).toString();
    }

    private static boolean isLogin(String user, String password) {
        boolean isMail = user.equalsIgnoreCase("mailto") && password.indexOf(':') < 0;
        boolean isPath = user.equalsIgnoreCase("file") && password.startsWith("/");
        return !password.isEmpty()
                && !isMail
                && !isPath
                && !PORT_AND_PATH.matcher(password).matches();
    }

    private static boolean isHost(String text, int from) {
        return from < text.length()
                && !Character.isWhitespace(text.charAt(from))
                && "@\"'".indexOf(text.charAt(from)) < 0;
    }

    private static String assigned(String text, boolean colonsToo) {
        Matcher name = ASSIGNED.matcher(text);
        var hidden = new StringBuilder(text.length());
        int copied = 0;
        int from = 0;
        while (name.find(from)) {
            from = name.end();
            String sign = name.group(2);
            boolean mayBeSecret =
                    SecretNames.isSecret(name.group(1)) || name.group(1).equalsIgnoreCase("key");
            if (!mayBeSecret || (!colonsToo && !sign.equals("="))) {
                continue;
            }
            Matcher value = (sign.equals("=") ? WORD : LINE).matcher(text).region(from, text.length());
            if (value.lookingAt()
                    && SecretNames.isSecret(name.group(1), value.group())
                    && !PLACEHOLDER.matcher(value.group()).lookingAt()) {
                hidden.append(text, copied, from).append(MASK);
                from = value.end();
                copied = from;
            }
        }
        return hidden.append(text, copied, text.length()).toString();
    }
}
