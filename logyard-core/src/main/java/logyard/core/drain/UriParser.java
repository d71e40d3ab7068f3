package logyard.core.drain;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes a URI apart as Go's {@code net/url} does, which is what operators' drain URIs were written for: lenient where
 * {@link java.net.URI} is strict (a blank in the path, braces in the query).
 */
final class UriParser {
    private static final String HOST_PUNCTUATION = "-_.~!$&'()*+,;=:[]<>\"";
    private static final String USER_PUNCTUATION = "-._:~!$&'()*+,;=%@";

    private final String text;
    String scheme = "";
    String userInfo = "";
    String host = "";
    String path = "";

    /** Name and value of each parameter, in order. */
    final List<String[]> query = new ArrayList<>();

    private UriParser(String text) {
        this.text = text;
    }

    static UriParser parse(String text) {
        var parser = new UriParser(text);
        parser.run();
        return parser;
    }

    private void run() {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
                throw invalid("it holds a control character");
            }
        }
        int hash = text.indexOf('#');
        String rest = takeScheme(hash < 0 ? text : text.substring(0, hash));
        if (hash >= 0) {
            unescape(text.substring(hash + 1), false);
        }
        int question = rest.indexOf('?');
        if (question >= 0) {
            takeQuery(rest.substring(question + 1));
            rest = rest.substring(0, question);
        }
        if (!rest.startsWith("/")) {
            if (!scheme.isEmpty()) {
                return; // opaque, as tcp:h:1: there is no host
            }
            if (rest.split("/", 2)[0].indexOf(':') >= 0) {
                throw invalid("it does not begin with a scheme such as tcp://");
            }
        }
        if (rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"))) {
            int slash = rest.indexOf('/', 2);
            takeAuthority(slash < 0 ? rest.substring(2) : rest.substring(2, slash));
            rest = slash < 0 ? "" : rest.substring(slash);
        }
        path = unescape(rest, false);
    }

    private String takeScheme(String from) {
        for (int i = 0; i < from.length(); i++) {
            char c = from.charAt(i);
            if (c == ':') {
                if (i == 0) {
                    throw invalid("it has no scheme before the colon");
                }
                scheme = from.substring(0, i).toLowerCase(Locale.ROOT);
                return from.substring(i + 1);
            }
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) {
                return from;
            }
        }
        return from;
    }

    private void takeAuthority(String authority) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            userInfo = authority.substring(0, at);
            requireOnly(userInfo, USER_PUNCTUATION, "user and password hold \"%s\"; write it as %%XX");
            unescape(userInfo, false);
        }
        String given = authority.substring(at + 1);
        int colon = given.lastIndexOf(':');
        if (given.startsWith("[")) {
            int bracket = given.lastIndexOf(']');
            if (bracket < 0) {
                throw invalid("the address has no closing ]");
            }
            colon = given.length() > bracket + 1 ? bracket + 1 : -1;
        }
        if (colon >= 0
                && at < 0
                && text.indexOf('@') >= 0
                && !given.substring(colon).matches(":\\d*")) {
            throw invalid("user and password hold a slash, ? or #; write them as %2F, %3F and %23");
        }
        if (colon >= 0 && !given.substring(colon).matches(":\\d*")) {
            throw invalid("the port must be a number, got \"" + given.substring(colon + 1) + "\"");
        }
        requireOnly(given.replaceAll("%[89A-Fa-f][0-9A-Fa-f]|%25", ""), HOST_PUNCTUATION, "the host holds \"%s\"");
        host = unescape(given, false);
    }

    private void requireOnly(String part, String punctuation, String problem) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c < 0x80 && !Character.isLetterOrDigit(c) && punctuation.indexOf(c) < 0) {
                throw invalid(String.format(Locale.ROOT, problem, c));
            }
        }
    }

    private void takeQuery(String from) {
        for (String pair : from.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                query.add(
                        equals < 0
                                ? new String[] {unescape(pair, true), ""}
                                : new String[] {
                                    unescape(pair.substring(0, equals), true),
                                    unescape(pair.substring(equals + 1), true)
                                });
            }
        }
    }

    private String unescape(String part, boolean plusIsBlank) {
        if (part.indexOf('%') < 0 && !(plusIsBlank && part.indexOf('+') >= 0)) {
            return part;
        }
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < part.length(); ) {
            char c = part.charAt(i);
            if (c == '%') {
                if (i + 2 >= part.length() || hex(part.charAt(i + 1)) < 0 || hex(part.charAt(i + 2)) < 0) {
                    throw invalid("\"" + part.substring(i, Math.min(i + 3, part.length()))
                            + "\" is no escape; write a percent sign as %25");
                }
                bytes.write(hex(part.charAt(i + 1)) << 4 | hex(part.charAt(i + 2)));
                i += 3;
            } else {
                int point = part.codePointAt(i);
                i += Character.charCount(point);
                bytes.writeBytes(
                        (c == '+' && plusIsBlank ? " " : Character.toString(point)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private InvalidDrainException invalid(String why) {
        return new InvalidDrainException("Not a drain URI: \"" + DrainUri.mask(text) + "\": " + why);
    }
}
