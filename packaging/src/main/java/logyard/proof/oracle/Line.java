package logyard.proof.oracle;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line whose text follows from who writes it and its number, so that whoever receives it knows what it must be to the
 * last character: {@code p app 17 …}. Texts have 40 to 400 characters, among them some of two, three and four bytes and
 * those that JSON escapes.
 *
 * @param source who writes it; letters, digits and hyphens
 * @param number the first is 0
 */
public record Line(String source, int number) {
    private static final Pattern BEGINNING = Pattern.compile("p ([A-Za-z0-9-]+) (\\d{1,9}) .*", Pattern.DOTALL);
    private static final String[] WORDS = {
        "the",
        "quick",
        "brown",
        "fox",
        "\"jumps\"",
        "over\\",
        "<lazy>",
        "dog&co",
        "\tnaïve",
        "€42",
        "漢字",
        "🦊",
        "{}",
        "'s",
        "%20"
    };
    private static final int SHORTEST = 40;
    private static final int LONGEST = 400;

    /** The text, without a line feed. */
    public String text() {
        var random = new SplittableRandom(31L * number + source.hashCode());
        int length = random.nextInt(SHORTEST, LONGEST);
        var text = new StringBuilder("p ").append(source).append(' ').append(number);
        while (text.length() < length) {
            text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.append(" .").toString();
    }

    /** Whose line a text claims to be, whether or not it is right beyond that; empty if it claims nothing. */
    public static Optional<Line> claimedBy(String text) {
        Matcher beginning = BEGINNING.matcher(text);
        return beginning.matches()
                ? Optional.of(new Line(beginning.group(1), Integer.parseInt(beginning.group(2))))
                : Optional.empty();
    }
}
