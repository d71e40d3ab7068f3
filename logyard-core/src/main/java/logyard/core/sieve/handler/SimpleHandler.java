package logyard.core.sieve.handler;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import logyard.config.ConfigException;

/**
 * The handler {@code simple}: in the format, {@code $1} is the regex's first group and {@code $0} all it found; a group
 * that took no part is empty. All else is as it is, also two braces, which the original took for a template.
 */
public final class SimpleHandler implements Handler {
    private static final Pattern GROUP = Pattern.compile("\\$(\\d+)");
    private static final int LITERAL = -1;

    private record Part(String literal, int group) {}

    private final List<Part> parts;

    private SimpleHandler(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * The handler for a format.
     *
     * @param groups how many groups the regex has
     * @throws ConfigException if the format names another
     */
    public static SimpleHandler of(String format, int groups) {
        List<Part> parts = new ArrayList<>();
        int end = 0;
        for (java.util.regex.Matcher name = GROUP.matcher(format); name.find(); end = name.end()) {
            parts.add(new Part(format.substring(end, name.start()), LITERAL));
            parts.add(new Part("", number(name.group(1), groups)));
        }
        parts.add(new Part(format.substring(end), LITERAL));
        parts.removeIf(part -> part.group() == LITERAL && part.literal().isEmpty());
        return new SimpleHandler(List.copyOf(parts));
    }

    private static int number(String digits, int groups) {
        if (digits.length() > 4 || Integer.parseInt(digits) > groups) {
            throw new ConfigException("format names $" + digits + ", but the regex has "
                    + (groups == 0 ? "no group, only $0" : "groups up to $" + groups));
        }
        return Integer.parseInt(digits);
    }

    @Override
    public Description describe(Matcher found) throws HandlerException {
        var text = new StringBuilder();
        for (Part part : parts) {
            if (part.group() == LITERAL) {
                text.append(part.literal());
            } else if (found.group(part.group()) != null) {
                text.append(found.group(part.group()));
            }
            if (text.length() > MAX_DESCRIPTION_BYTES / 3) { // a character of a String has 3 bytes at most
                throw new HandlerException("the description is longer than " + MAX_DESCRIPTION_BYTES + " bytes");
            }
        }
        return new Description(text.toString(), InfoJson.NULL);
    }
}
