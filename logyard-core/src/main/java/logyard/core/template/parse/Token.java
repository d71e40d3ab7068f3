package logyard.core.template.parse;

/**
 * A piece of a template that the lexer cut out.
 *
 * @param offset where it begins, in chars
 * @param text as it stands there; of an {@link TokenType#ERROR} what is wrong
 */
record Token(TokenType type, int offset, String text) {
    private static final int MOST_SHOWN = 10;

    int end() {
        return offset + text.length();
    }

    boolean is(TokenType other) {
        return type == other;
    }

    /** As an error message shows it. */
    String shown() {
        if (type == TokenType.END_OF_TEXT) {
            return "EOF";
        } else if (type.isWord()) {
            return "<" + text + ">";
        } else if (text.length() > MOST_SHOWN) {
            return '"' + text.substring(0, MOST_SHOWN) + "\"...";
        }
        return '"' + text + '"';
    }
}
