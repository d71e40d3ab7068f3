package logyard.kato.log.line;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import logyard.kato.output.Color;
import logyard.kato.output.Colors;
import logyard.kato.output.Printable;

/** A line that is put together of pieces, each with its colours, and harmless for a terminal. One thread. */
final class StyledLine {
    private static final Color MARKED = Color.BLACK;
    private static final Color MARK = Color.DARK_CYAN;

    private final StringBuilder text = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();

    /** From {@code start}, inclusive, to {@code end}, exclusive. */
    private record Piece(int start, int end, Color foreground, Color background) {}

    private record Span(int start, int end) {}

    /** Appends a text of others in the terminal's own colours. */
    StyledLine add(String text) {
        return add(text, Color.DEFAULT, Color.DEFAULT);
    }

    StyledLine add(String text, Color foreground) {
        return add(text, foreground, Color.DEFAULT);
    }

    StyledLine add(String text, Color foreground, Color background) {
        return addHarmless(Printable.text(text), foreground, background);
    }

    /** Appends JSON, in which what is not harmless is escaped as JSON does. */
    StyledLine addJson(String json) {
        return addHarmless(Printable.json(json), Color.DEFAULT, Color.DEFAULT);
    }

    private StyledLine addHarmless(String harmless, Color foreground, Color background) {
        int start = text.length();
        text.append(harmless);
        pieces.add(new Piece(start, text.length(), foreground, background));
        return this;
    }

    /** The line as it is shown, but without colours. */
    String plain() {
        return text.toString();
    }

    /**
     * The line in colours.
     *
     * @param marked what is found of these is shown in a colour of its own
     */
    String render(Colors colors, List<Pattern> marked) {
        String plain = plain();
        if (colors == Colors.NONE) {
            return plain;
        }
        List<Span> marks = marks(plain, marked);
        var out = new StringBuilder(plain.length() + 64);
        for (Piece piece : pieces) {
            int at = piece.start();
            for (Span mark : marks) {
                int from = Math.max(at, mark.start());
                int to = Math.min(piece.end(), mark.end());
                if (from < to) {
                    paint(plain.substring(at, from), piece, colors, out);
                    out.append(colors.paint(plain.substring(from, to), MARKED, MARK));
                    at = to;
                }
            }
            paint(plain.substring(at, piece.end()), piece, colors, out);
        }
        return out.toString();
    }

    private static void paint(String text, Piece piece, Colors colors, StringBuilder out) {
        if (!text.isEmpty()) {
            out.append(colors.paint(text, piece.foreground(), piece.background()));
        }
    }

    /** Where the patterns are found, from left to right; where they overlap, the first one counts. */
    private static List<Span> marks(String plain, List<Pattern> patterns) {
        List<Span> found = new ArrayList<>();
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(plain);
            while (matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    found.add(new Span(matcher.start(), matcher.end()));
                }
            }
        }
        found.sort((one, other) -> Integer.compare(one.start(), other.start()));
        return found;
    }
}
