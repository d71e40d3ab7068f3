package logyard.core.event;

import java.nio.charset.StandardCharsets;

/**
 * Writes the lines of one log of an application instance as events of the {@code apptail} stream (spec 02 §2.3). One
 * thread.
 *
 * <p>All but the text is the same for every line of a second, and is kept as bytes.
 */
public final class AppEvents {
    private final byte[] beforeText;
    private final byte[] afterText;
    private final EventTime time;

    /**
     * @param source {@code app}, {@code staging}, or who speaks to the application, such as {@code stackato[apptail]}
     * @param filename the log's name; empty for what comes from no log
     * @param node the node's address
     */
    public AppEvents(AppInstance app, String source, String filename, String node, EventTime time) {
        this.time = time;
        var before = new ByteBuilder(256).append(Keys.apptail(app.guid())).append(" {\"filename\":");
        quote(filename, before);
        quote(source, before.append(",\"source\":"));
        before.append(",\"instance_index\":" + app.index() + ",\"app_guid\":");
        quote(app.guid(), before);
        quote(app.name(), before.append(",\"app_name\":"));
        quote(app.space(), before.append(",\"app_space\":"));
        if (!app.id().isEmpty()) {
            before.append(",\"app_id\":" + app.id());
        }
        if (!app.group().isEmpty()) {
            quote(app.group(), before.append(",\"app_group\":"));
        }
        beforeText = before.append(",\"text\":\"").toByteArray();
        var after = new ByteBuilder(64).append("\",\"node_id\":");
        quote(node, after);
        afterText = after.append(',').toByteArray();
    }

    /** Appends {@code "text"}, escaped. */
    static void quote(String text, ByteBuilder out) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        JsonText.append(utf8, 0, utf8.length, out.append('"'));
        out.append('"');
    }

    /** Appends {@code <key> SP <json>} for the line in {@code text[offset..offset+length)}, read now. */
    public void append(byte[] text, int offset, int length, ByteBuilder out) {
        out.append(beforeText);
        JsonText.append(text, offset, length, out);
        out.append(afterText).append(time.fields()).append('}');
    }

    /** The same for a text that is in no file. */
    public void append(String text, ByteBuilder out) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        append(utf8, 0, utf8.length, out);
    }
}
