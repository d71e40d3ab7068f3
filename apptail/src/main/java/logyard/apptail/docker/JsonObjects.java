package logyard.apptail.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;

/** Cuts a stream of bytes into JSON objects, with or without LFs between them. One thread. */
final class JsonObjects {
    /** Docker's events have some 300 bytes, with the labels of a container some thousand. */
    private static final int MOST_BYTES = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ByteArrayOutputStream object = new ByteArrayOutputStream();
    private int depth;
    private boolean inText;
    private boolean escaped;

    /**
     * Hands out every object that is complete by now.
     *
     * @throws IOException if that is no JSON, or too much of it; nothing more can be read then
     */
    void take(ByteBuf bytes, Consumer<JsonNode> to) throws IOException {
        while (bytes.isReadable()) {
            byte b = bytes.readByte();
            if (depth == 0 && b != '{') {
                if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
                    continue;
                }
                throw new IOException("what it tells is no JSON object");
            }
            object.write(b);
            if (object.size() > MOST_BYTES) {
                throw new IOException("what it tells has no end");
            }
            if (isComplete(b)) {
                JsonNode read = JSON.readTree(object.toByteArray());
                object.reset();
                to.accept(read);
            }
        }
    }

    private boolean isComplete(byte b) {
        if (inText) {
            inText = escaped || b != '"';
            escaped = !escaped && b == '\\';
            return false;
        }
        switch (b) {
            case '"' -> inText = true;
            case '{' -> depth++;
            case '}' -> depth--;
            default -> {
                return false;
            }
        }
        return depth == 0;
    }
}
