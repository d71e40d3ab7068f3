package logyard.core.template.parse;

/** A position in a text that moves by code points. */
final class Cursor {
    static final int END_OF_TEXT = -1;

    private final String text;
    private int at;

    Cursor(String text, int at) {
        this.text = text;
        this.at = at;
    }

    int position() {
        return at;
    }

    /** The code point at the position, or {@link #END_OF_TEXT}. */
    int peek() {
        return at < text.length() ? text.codePointAt(at) : END_OF_TEXT;
    }

    /** Passes a code point and returns it. */
    int next() {
        int c = peek();
        at += c == END_OF_TEXT ? 0 : Character.charCount(c);
        return c;
    }

    /** Passes the next code point if it is one of these. */
    boolean accept(String characters) {
        int c = peek();
        boolean accepted = c != END_OF_TEXT && characters.indexOf(c) >= 0;
        if (accepted) {
            next();
        }
        return accepted;
    }

    /** Passes code points as long as they are of these. */
    void acceptAll(String characters) {
        boolean more = true;
        while (more) {
            more = accept(characters);
        }
    }

    void moveTo(int position) {
        at = position;
    }
}
