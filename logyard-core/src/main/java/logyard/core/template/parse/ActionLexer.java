package logyard.core.template.parse;

import java.util.List;
import java.util.Locale;
import logyard.core.template.text.Utf8;

/** Cuts the inside of one action into tokens. */
final class ActionLexer {
    private final String text;
    private final List<Token> tokens;
    private final Cursor cursor;
    private int start;
    private int openParens;

    ActionLexer(String text, int begin, List<Token> tokens) {
        this.text = text;
        this.cursor = new Cursor(text, begin);
        this.tokens = tokens;
    }

    /**
     * Reads up to the right delimiter, and adds a token for it too.
     *
     * @return where the delimiter, with its trim marker if it has one, begins
     */
    int run() {
        while (!Lexer.isRightDelimiter(text, cursor.position())) {
            start = cursor.position();
            lexOne(cursor.next());
        }
        start = cursor.position();
        if (openParens > 0) {
            throw mistake("unclosed left paren");
        }
        tokens.add(new Token(TokenType.RIGHT_DELIMITER, start, Lexer.RIGHT));
        return start;
    }

    private void lexOne(int c) {
        switch (c) {
            case Cursor.END_OF_TEXT -> throw mistake("unclosed action");
            case ' ', '\t', '\r', '\n' -> lexSpace();
            case '=' -> emit(TokenType.ASSIGN);
            case ':' -> lexDeclare();
            case '|' -> emit(TokenType.PIPE);
            case '"' -> lexQuoted('"', TokenType.STRING, "unterminated quoted string");
            case '\'' -> lexQuoted('\'', TokenType.CHARACTER_CONSTANT, "unterminated character constant");
            case '`' -> lexRawString();
            case '(' -> lexLeftParen();
            case ')' -> lexRightParen();
            case '$' -> lexName(TokenType.VARIABLE);
            case '.' -> lexPoint();
            case '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> lexNumber();
            default -> lexOther(c);
        }
    }

    private void lexOther(int c) {
        if (isAlphanumeric(c)) {
            lexName(TokenType.IDENTIFIER);
        } else if (c < 0x80 && Utf8.isPrintable(c)) {
            emit(TokenType.CHARACTER);
        } else {
            throw mistake("unrecognized character in action: " + shown(c));
        }
    }

    /** The space before a trim marker is not passed: it belongs to the delimiter. */
    private void lexSpace() {
        while (Lexer.isSpace(cursor.peek()) && !Lexer.isRightDelimiter(text, cursor.position())) {
            cursor.next();
        }
        emit(TokenType.SPACE);
    }

    private void lexDeclare() {
        if (cursor.next() != '=') {
            throw mistake("expected :=");
        }
        emit(TokenType.DECLARE);
    }

    private void lexLeftParen() {
        openParens++;
        emit(TokenType.LEFT_PAREN);
    }

    private void lexRightParen() {
        if (--openParens < 0) {
            throw mistake("unexpected right paren");
        }
        emit(TokenType.RIGHT_PAREN);
    }

    private void lexQuoted(char quote, TokenType type, String complaint) {
        int c = cursor.next();
        while (c != quote) {
            if (c == '\\') {
                c = cursor.next();
            }
            if (c == Cursor.END_OF_TEXT || c == '\n') {
                throw mistake(complaint);
            }
            c = cursor.next();
        }
        emit(type);
    }

    private void lexRawString() {
        int close = text.indexOf('`', cursor.position());
        if (close < 0) {
            throw mistake("unterminated raw quoted string");
        }
        cursor.moveTo(close + 1);
        emit(TokenType.RAW_STRING);
    }

    private void lexPoint() {
        int c = cursor.peek();
        if (c >= '0' && c <= '9') {
            lexNumber();
        } else {
            lexName(peekEndsName() ? TokenType.DOT : TokenType.FIELD);
        }
    }

    /** A field, a variable or a word: what comes behind it must be something that ends a name. */
    private void lexName(TokenType type) {
        while (isAlphanumeric(cursor.peek())) {
            cursor.next();
        }
        if (!peekEndsName()) {
            boolean isDashed = type == TokenType.FIELD && cursor.peek() == '-';
            String remedy = isDashed ? "; a field a-b is written {{index . \"a-b\"}}" : "";
            throw mistake("bad character " + shown(cursor.peek()) + remedy);
        }
        emit(type == TokenType.IDENTIFIER ? TokenType.ofWord(text.substring(start, cursor.position())) : type);
    }

    private boolean peekEndsName() {
        int c = cursor.peek();
        return c == Cursor.END_OF_TEXT
                || Lexer.isSpace(c)
                || ".,|:()".indexOf(c) >= 0
                || text.startsWith(Lexer.RIGHT, cursor.position());
    }

    private void lexNumber() {
        cursor.moveTo(start);
        boolean good = NumberLexer.pass(cursor);
        boolean complex = good && (cursor.peek() == '+' || cursor.peek() == '-');
        if (complex) {
            good = NumberLexer.pass(cursor) && text.charAt(cursor.position() - 1) == 'i';
        }
        if (!good) {
            throw mistake("bad number syntax: \"" + text.substring(start, cursor.position()) + '"');
        }
        emit(complex ? TokenType.COMPLEX : TokenType.NUMBER);
    }

    private void emit(TokenType type) {
        tokens.add(new Token(type, start, text.substring(start, cursor.position())));
    }

    private SyntaxException mistake(String message) {
        return new SyntaxException(start, message);
    }

    static boolean isAlphanumeric(int c) {
        return c == '_' || Character.isLetter(c) || Character.isDigit(c);
    }

    private static String shown(int c) {
        String code = String.format(Locale.ROOT, "U+%04X", c);
        return Utf8.isPrintable(c) ? code + " '" + Character.toString(c) + "'" : code;
    }
}
