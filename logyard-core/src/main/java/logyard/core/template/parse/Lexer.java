package logyard.core.template.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into text and actions, and removes comments and the white space that a minus inside of a delimiter
 * trims. The insides of actions are the {@link ActionLexer}'s work.
 */
final class Lexer {
    static final String LEFT = "{{";
    static final String RIGHT = "}}";
    private static final String COMMENT_START = "/*";
    private static final String COMMENT_END = "*/";

    /** A minus and the space that must be there, so that <code>{{-3}}</code> is a number. */
    static final int TRIM_MARKER_LENGTH = 2;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** All tokens; the last is the end of the text or an error. */
    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        try {
            lexer.run();
        } catch (SyntaxException e) {
            // Told only when the parser gets here: a mistake before this place comes first.
            lexer.tokens.add(new Token(TokenType.ERROR, e.offset(), String.valueOf(e.getMessage())));
        }
        return lexer.tokens;
    }

    private void run() {
        while (at < text.length()) {
            int left = text.indexOf(LEFT, at);
            int textEnd = left < 0 ? text.length() : left;
            boolean trims = left >= 0 && hasLeftTrimMarker(left + LEFT.length());
            emitText(trims ? trimmedEnd(textEnd) : textEnd);
            at = textEnd;
            if (left >= 0) {
                lexAction(left + LEFT.length() + (trims ? TRIM_MARKER_LENGTH : 0));
            }
        }
        tokens.add(new Token(TokenType.END_OF_TEXT, at, ""));
    }

    private void emitText(int end) {
        if (end > at) {
            tokens.add(new Token(TokenType.TEXT, at, text.substring(at, end)));
        }
    }

    private void lexAction(int inside) {
        if (text.startsWith(COMMENT_START, inside)) {
            skipComment(inside);
            return;
        }
        tokens.add(new Token(TokenType.LEFT_DELIMITER, at, LEFT));
        passRightDelimiter(new ActionLexer(text, inside, tokens).run());
    }

    private void skipComment(int inside) {
        int end = text.indexOf(COMMENT_END, inside + COMMENT_START.length());
        if (end < 0) {
            throw new SyntaxException(at, "unclosed comment");
        }
        end += COMMENT_END.length();
        if (!isRightDelimiter(text, end)) {
            throw new SyntaxException(at, "comment ends before closing delimiter");
        }
        passRightDelimiter(end);
    }

    private void passRightDelimiter(int delimiter) {
        boolean trims = hasRightTrimMarker(text, delimiter);
        at = delimiter + RIGHT.length() + (trims ? TRIM_MARKER_LENGTH : 0);
        while (trims && at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private boolean hasLeftTrimMarker(int index) {
        return index + 1 < text.length() && text.charAt(index) == '-' && isSpace(text.charAt(index + 1));
    }

    private int trimmedEnd(int end) {
        int trimmed = end;
        while (trimmed > at && isSpace(text.charAt(trimmed - 1))) {
            trimmed--;
        }
        return trimmed;
    }

    static boolean isRightDelimiter(String text, int index) {
        return text.startsWith(RIGHT, index) || hasRightTrimMarker(text, index);
    }

    private static boolean hasRightTrimMarker(String text, int index) {
        return index + 1 < text.length()
                && isSpace(text.charAt(index))
                && text.charAt(index + 1) == '-'
                && text.startsWith(RIGHT, index + TRIM_MARKER_LENGTH);
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
