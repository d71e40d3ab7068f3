package logyard.core.template.text;

import java.util.OptionalInt;

/** Reads the literals of Go: {@code "…"} with escapes, {@code `…`} without, and {@code 'x'}. */
public final class GoUnquote {
    private static final int BYTE_RANGE = 0x100;

    private final String literal;
    private final char quote;
    private final ByteOutput out = new ByteOutput(32);
    private int at = 1;

    private GoUnquote(String literal) {
        this.literal = literal;
        this.quote = literal.charAt(0);
    }

    /**
     * The bytes a quoted string means.
     *
     * @throws IllegalArgumentException naming the escape that is none
     */
    public static byte[] string(String literal) {
        if (literal.charAt(0) == '`') {
            ByteOutput raw = new ByteOutput(literal.length());
            raw.write(literal.substring(1, literal.length() - 1).replace("\r", ""));
            return raw.toByteArray();
        }
        GoUnquote reader = new GoUnquote(literal);
        while (reader.at < literal.length() - 1) {
            reader.step();
        }
        return reader.out.toByteArray();
    }

    /** The one character between single quotes, or nothing if there is none or more than one. */
    public static OptionalInt character(String literal) {
        GoUnquote reader = new GoUnquote(literal);
        int rune = reader.step();
        return reader.at == literal.length() - 1 ? OptionalInt.of(rune) : OptionalInt.empty();
    }

    /** Takes one character or escape, and returns what it stands for. */
    private int step() {
        int rune = literal.codePointAt(at);
        at += Character.charCount(rune);
        if (rune != '\\') {
            out.writeRune(rune);
            return rune;
        }
        char letter = literal.charAt(at++);
        return switch (letter) {
            case 'x' -> oneByte(digits(letter, 16, 2));
            case 'u' -> oneRune(letter, digits(letter, 16, 4));
            case 'U' -> oneRune(letter, digits(letter, 16, 8));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                yield oneByte(digits(letter, 8, 3));
            }
            default -> oneByte(simple(letter));
        };
    }

    private int simple(char letter) {
        int meaning = letter == quote ? quote : GoQuotes.meaningOfLetter(letter);
        if (meaning < 0) {
            throw bad(letter);
        }
        return meaning;
    }

    private int oneByte(int value) {
        if (value >= BYTE_RANGE) {
            throw bad(literal.charAt(at - 3));
        }
        out.write(value);
        return value;
    }

    private int oneRune(char letter, int rune) {
        if (!Utf8.isValid(rune)) {
            throw bad(letter);
        }
        out.writeRune(rune);
        return rune;
    }

    private int digits(char letter, int radix, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            char next = literal.charAt(Math.min(at++, literal.length() - 1));
            int digit = next < 0x80 ? Character.digit(next, radix) : -1;
            if (digit < 0) {
                throw bad(letter);
            }
            value = value * radix + digit;
        }
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    private static IllegalArgumentException bad(char letter) {
        return new IllegalArgumentException("invalid syntax: unknown escape \\" + letter);
    }
}
