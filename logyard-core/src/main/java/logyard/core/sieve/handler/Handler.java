package logyard.core.sieve.handler;

import com.google.re2j.Matcher;

/** Makes the description of an event of what a regex found. One thread: it keeps scratch memory. */
public interface Handler {
    /** The longest description, in bytes: the event holds it twice, and escaped it may be six times as long. */
    int MAX_DESCRIPTION_BYTES = 64 << 10;

    /**
     * The description for a line.
     *
     * @param found has just found the spec's regex
     * @throws HandlerException if this line cannot be described
     */
    Description describe(Matcher found) throws HandlerException;

    /**
     * What a line says.
     *
     * @param text for people
     * @param info the same for programs, as JSON: an object, or {@code null}
     */
    record Description(String text, String info) {}
}
