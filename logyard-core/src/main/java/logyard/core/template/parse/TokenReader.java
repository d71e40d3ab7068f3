package logyard.core.template.parse;

import java.util.List;
import logyard.core.template.node.Place;

/** The tokens of a template, one after the other, with the way back. */
final class TokenReader {
    /** Blocks, parentheses or fields within one another. */
    static final int MAX_DEPTH = 50;

    private final List<Token> tokens;
    private int at;
    private int depth;

    TokenReader(String text) {
        this.tokens = Lexer.tokens(text);
    }

    /** How many blocks and parentheses are open. */
    int depth() {
        return depth;
    }

    /** Goes into a block or parentheses that begin at a token. */
    void enter(Token token) {
        if (++depth > MAX_DEPTH) {
            throw tooDeep(token);
        }
    }

    static SyntaxException tooDeep(Token token) {
        return mistake(token, "nested deeper than " + MAX_DEPTH + " levels");
    }

    void leave() {
        depth--;
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    /** The next token; behind the last one, that again. */
    Token peek() {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    Token nextNonSpace() {
        if (peek().is(TokenType.SPACE)) {
            at++;
        }
        return next();
    }

    Token peekNonSpace() {
        Token token = nextNonSpace();
        at--;
        return token;
    }

    /** Where the reader is, for {@link #backTo}. */
    int mark() {
        return at;
    }

    void backTo(int mark) {
        at = mark;
    }

    /** The next token that is no space, which must be of that type. */
    Token expect(TokenType type, String context) {
        Token token = nextNonSpace();
        if (!token.is(type)) {
            throw unexpected(token, context);
        }
        return token;
    }

    /** The place from a token to the last one read, without what only ends or separates commands. */
    Place placeFrom(Token first) {
        int last = Math.min(at, tokens.size()) - 1;
        while (isSeparator(tokens.get(last))) {
            last--;
        }
        return new Place(
                first.offset(),
                first.offset(),
                Math.max(first.end(), tokens.get(last).end()));
    }

    private static boolean isSeparator(Token token) {
        return token.is(TokenType.SPACE) || token.is(TokenType.PIPE) || token.is(TokenType.RIGHT_DELIMITER);
    }

    SyntaxException unexpected(Token token, String context) {
        if (token.is(TokenType.ERROR)) {
            return new SyntaxException(token.offset(), token.text());
        }
        return mistake(token, "unexpected " + token.shown() + " in " + context);
    }

    static SyntaxException mistake(Token token, String message) {
        return new SyntaxException(token.offset(), message);
    }
}
