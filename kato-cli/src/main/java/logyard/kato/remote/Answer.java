package logyard.kato.remote;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What a program gets.
 *
 * @param status of HTTP
 * @param json the body
 */
record Answer(int status, String json) {
    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int TOO_LARGE = 413;
    static final int FAILED = 500;
    static final int UNAVAILABLE = 503;

    /** {@code {"error":"…"}}. */
    static Answer error(int status, String reason) {
        return new Answer(
                status,
                JsonNodeFactory.instance.objectNode().put("error", reason).toString());
    }
}
