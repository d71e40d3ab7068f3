package logyard.core.template.parse;

import java.util.Locale;

/** What a token is. Those from {@link #DOT} on are words of the language. */
enum TokenType {
    ERROR,
    END_OF_TEXT,
    TEXT,
    LEFT_DELIMITER,
    RIGHT_DELIMITER,
    SPACE,
    BOOL,
    CHARACTER,
    CHARACTER_CONSTANT,
    COMPLEX,
    NUMBER,
    STRING,
    RAW_STRING,
    ASSIGN,
    DECLARE,
    PIPE,
    LEFT_PAREN,
    RIGHT_PAREN,
    FIELD,
    VARIABLE,
    IDENTIFIER,
    DOT,
    NIL,
    BLOCK,
    BREAK,
    CONTINUE,
    DEFINE,
    ELSE,
    END,
    IF,
    RANGE,
    TEMPLATE,
    WITH;

    boolean isWord() {
        return compareTo(DOT) >= 0;
    }

    /** The type of a word: a keyword's own, {@link #BOOL}, or {@link #IDENTIFIER}. */
    static TokenType ofWord(String word) {
        if (word.equals("true") || word.equals("false")) {
            return BOOL;
        }
        for (TokenType type : values()) {
            if (type.compareTo(NIL) >= 0 && type.word().equals(word)) {
                return type;
            }
        }
        return IDENTIFIER;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
