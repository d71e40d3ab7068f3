package logyard.core.sieve;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import logyard.config.ConfigException;

/**
 * Compiles regexes of operators, within bounds. RE2 takes time in proportion to the length of the text, but also to the
 * size of the regex, and unlike its model in C++ the library does not bound that: 25 characters with repetitions within
 * repetitions make a million instructions.
 */
public final class RegexLimit {
    /** Finding the worst of this size in a line of 4096 bytes takes some 40 ms. */
    static final int MAX_INSTRUCTIONS = 2000;

    static final int MAX_CHARACTERS = 4000;

    /** The library compiles groups within groups recursively. */
    static final int MAX_DEPTH = 100;

    private final String regex;
    private final Deque<Long> outer = new ArrayDeque<>();
    private int at;
    private long total;
    private long last;

    private RegexLimit(String regex) {
        this.regex = regex;
    }

    /**
     * The compiled regex.
     *
     * @throws ConfigException if it is none, or too large
     */
    public static Pattern compile(String regex) {
        if (regex.length() > MAX_CHARACTERS) {
            throw new ConfigException(
                    "regex must have " + MAX_CHARACTERS + " characters at most, got " + regex.length());
        }
        if (new RegexLimit(regex).estimate() > MAX_INSTRUCTIONS) {
            throw tooLarge();
        }
        try {
            Pattern pattern = Pattern.compile(regex);
            if (pattern.programSize() > 2 * MAX_INSTRUCTIONS) {
                throw tooLarge();
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new ConfigException("regex is none that RE2 knows: " + e.getMessage());
        }
    }

    private static ConfigException tooLarge() {
        return new ConfigException("regex is too large: written without counts, as a{3} is aaa, it must have "
                + MAX_INSTRUCTIONS + " parts at most");
    }

    /** About how many instructions there will be: one for a character or class, and those of what is repeated, again. */
    private long estimate() {
        while (at < regex.length()) {
            step();
        }
        return total;
    }

    private void step() {
        char c = regex.charAt(at++);
        switch (c) {
            case '\\' -> escape();
            case '[' -> {
                skipClass();
                atom();
            }
            case '(' -> open();
            case ')' -> close();
            case '{' -> repeat();
            default -> atom();
        }
    }

    private void escape() {
        if (regex.startsWith("Q", at)) {
            int end = regex.indexOf("\\E", at);
            last = 1;
            total = bounded(total + (end < 0 ? regex.length() : end) - at);
            at = end < 0 ? regex.length() : end + 2;
        } else {
            at++;
            atom();
        }
    }

    private void atom() {
        last = 1;
        total++;
    }

    private void open() {
        outer.push(total);
        total = 0;
        last = 0;
        if (outer.size() > MAX_DEPTH) {
            throw new ConfigException("regex must have " + MAX_DEPTH + " groups within each other at most");
        }
    }

    private void close() {
        if (!outer.isEmpty()) {
            last = total + 1;
            total = bounded(outer.pop() + last);
        }
    }

    private void repeat() {
        int end = regex.indexOf('}', at);
        String[] bounds = end < 0 ? new String[0] : regex.substring(at, end).split(",", 2);
        if (bounds.length == 0 || !bounds[0].matches("\\d{1,9}")) {
            atom(); // a brace that repeats nothing
            return;
        }
        long most = Long.parseLong(bounds[0]);
        if (bounds.length == 2 && bounds[1].matches("\\d{1,9}")) {
            most = Math.max(most, Long.parseLong(bounds[1]));
        }
        total = bounded(total + last * Math.max(0, most - 1));
        last = bounded(last * Math.max(1, most));
        at = end + 1;
    }

    private static long bounded(long size) {
        return Math.min(size, Integer.MAX_VALUE);
    }

    private void skipClass() {
        int first = at;
        while (at < regex.length() && (regex.charAt(at) != ']' || at == first || isNegation(first))) {
            if (regex.charAt(at) == '\\') {
                at++;
            } else if (regex.startsWith("[:", at) && regex.indexOf(":]", at) > 0) {
                at = regex.indexOf(":]", at) + 1;
            }
            at++;
        }
        at++;
    }

    /** Whether this is the first of {@code []]} behind a {@code ^}. */
    private boolean isNegation(int first) {
        return at == first + 1 && regex.charAt(first) == '^';
    }
}
