package logyard.core.template.json;

import java.nio.charset.StandardCharsets;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.text.GoQuotes;

/** The words in which Go says what it did not expect. */
final class Unexpected {
    private Unexpected() {}

    static JsonException end() {
        return new JsonException("unexpected end of JSON input");
    }

    /** Such as {@code invalid character 'x' after object key}, or that the input ended there. */
    static JsonException at(byte[] json, int at, int end, String place) {
        if (at >= end) {
            return end();
        }
        ByteOutput shown = new ByteOutput(8);
        GoQuotes.quoteRune(json[at] & 0xFF, false, shown);
        return new JsonException("invalid character " + shown + " " + place);
    }

    /** A number no float64 can hold. */
    static JsonException outOfRange(byte[] json, int from, int to) {
        int shownEnd = Math.min(to, from + 40);
        String shown = new String(json, from, shownEnd - from, StandardCharsets.US_ASCII) + (shownEnd < to ? "…" : "");
        return new JsonException("number " + shown + " is out of range");
    }
}
