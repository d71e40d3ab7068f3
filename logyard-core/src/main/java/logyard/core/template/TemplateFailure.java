package logyard.core.template;

/** A record cannot be rendered: it is no JSON object, or the template asks of it what it does not have. */
public final class TemplateFailure extends RuntimeException {
    // Without a stack trace: a bad client sends bad records by the thousand, and the message says it all.
    TemplateFailure(String message) {
        super(message, null, false, false);
    }
}
