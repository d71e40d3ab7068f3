package logyard.core.template.node;

/**
 * Where in a template something stands, in chars from its beginning, so that an error can point at it.
 *
 * @param offset the point to name
 * @param start where the text that is meant begins
 * @param end where it ends
 */
public record Place(int offset, int start, int end) {
    /** An error that happened here. */
    ActionException failure(String message) {
        return new ActionException(this, message);
    }
}
