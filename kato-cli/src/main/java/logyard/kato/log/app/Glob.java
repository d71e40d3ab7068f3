package logyard.kato.log.app;

import com.google.re2j.Pattern;
import logyard.config.ConfigException;
import logyard.core.sieve.RegexLimit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a pattern in which {@code *} is any text, {@code ?} any character and {@code [a-z]} one of those; a backslash takes
 * what is behind it literally. It becomes a regex of RE2, so that no text can hold it up, which the whole text must match.
 */
final class Glob implements ITypeConverter<Pattern> {
    private static final String ANY = "(?s)";

    @Override
    public Pattern convert(String glob) {
        try {
            return RegexLimit.compile(ANY + regex(glob));
        } catch (ConfigException e) {
            throw new TypeConversionException("\"" + glob + "\": " + e.getMessage());
        }
    }

    private static String regex(String glob) {
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '[' -> i = set(glob, i, regex);
                case '\\' -> {
                    i++;
                    if (i == glob.length()) {
                        throw new TypeConversionException(
                                "\"" + glob + "\" ends in a backslash with nothing behind it");
                    }
                    regex.append(Pattern.quote(glob.substring(i, i + 1)));
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    /** Appends {@code [a-z]}, which begins at {@code start}; where it ends. */
    private static int set(String glob, int start, StringBuilder regex) {
        int first = start + 1;
        boolean isNegated = first < glob.length() && (glob.charAt(first) == '!' || glob.charAt(first) == '^');
        first += isNegated ? 1 : 0;
        int end = glob.indexOf(']', first + 1); // one that comes first is one of the set
        if (end < 0) {
            throw new TypeConversionException("\"" + glob + "\" has a [ without its ]; \\[ means the character");
        }
        String set = glob.substring(first, end)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]");
        regex.append(isNegated ? "[^" : "[").append(set.replace("^", "\\^")).append(']');
        return end;
    }
}
