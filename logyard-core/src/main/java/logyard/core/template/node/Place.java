package logyard.core.template.node;

/**
 * Where in a template something stands, so that an error can point at it.
 *
 * @param offset in chars from the template's beginning
 * @param source the part of the template's text that is meant
 */
public record Place(int offset, String source) {
    /** An error that happened here. */
    ActionException failure(String message) {
        return new ActionException(this, message);
    }
}
