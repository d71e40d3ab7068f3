package logyard.core.template.parse;

/** The text is no template. */
public final class SyntaxException extends RuntimeException {
    private final int offset;

    SyntaxException(int offset, String message) {
        super(message, null, false, false);
        this.offset = offset;
    }

    /** Where the mistake was noticed, in chars from the template's beginning. */
    public int offset() {
        return offset;
    }
}
