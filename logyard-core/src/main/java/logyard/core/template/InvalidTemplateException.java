package logyard.core.template;

/** The text is no template: a drain with this format can never work. The message names line and column. */
public final class InvalidTemplateException extends RuntimeException {
    InvalidTemplateException(String message) {
        super(message, null, false, false);
    }
}
