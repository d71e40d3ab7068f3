package logyard.core.event;

import java.nio.charset.StandardCharsets;

/**
 * Writes the lines of one log file as events of the {@code systail} stream (spec 02 §2.2). One thread.
 *
 * <p>All but the text is the same for every line of a second, and is kept as bytes.
 */
public final class SystailEvents {
    private final byte[] beforeText;
    private final byte[] afterText;
    private final EventTime time;

    /**
     * @param name the component, as in {@code log_files}
     * @param node the node's address
     */
    public SystailEvents(String name, String node, EventTime time) {
        if (!Keys.isName(name)) {
            throw new IllegalArgumentException(
                    "Not a name for a log file: \"" + name + "\" (letters, digits, _ and -)");
        }
        this.time = time;
        beforeText = new ByteBuilder(128)
                .append(Keys.systail(name, node) + " {\"name\":\"" + name + "\",\"text\":\"")
                .toByteArray();
        var after = new ByteBuilder(64).append("\",\"node_id\":\"");
        byte[] nodeBytes = node.getBytes(StandardCharsets.UTF_8);
        JsonText.append(nodeBytes, 0, nodeBytes.length, after);
        afterText = after.append("\",").toByteArray();
    }

    /** Appends {@code <key> SP <json>} for the line in {@code text[offset..offset+length)}, read now. */
    public void append(byte[] text, int offset, int length, ByteBuilder out) {
        out.append(beforeText);
        JsonText.append(text, offset, length, out);
        out.append(afterText).append(time.fields()).append('}');
    }
}
