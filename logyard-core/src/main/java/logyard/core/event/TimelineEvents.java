package logyard.core.event;

/**
 * Writes what happens to application instances as events {@code event.timeline} (spec 05 §9). One thread.
 */
public final class TimelineEvents {
    private static final String TYPE = "timeline";

    private final String process;
    private final String node;
    private final EventTime time;

    /**
     * @param process who tells
     * @param node the node's address
     */
    public TimelineEvents(String process, String node, EventTime time) {
        this.process = process;
        this.node = node;
        this.time = time;
    }

    /** Appends {@code <key> SP <json>} for something that happened to an instance now. */
    public void append(AppInstance app, String description, ByteBuilder out) {
        out.append(Keys.event(TYPE) + " {\"type\":\"" + TYPE + "\",\"desc\":");
        AppEvents.quote(description, out);
        out.append(",\"severity\":\"INFO\",\"info\":{\"app\":{\"guid\":");
        AppEvents.quote(app.guid(), out);
        AppEvents.quote(app.space(), out.append(",\"space_guid\":"));
        AppEvents.quote(app.name(), out.append(",\"name\":"));
        out.append("},\"instance_index\":" + app.index() + "},\"process\":");
        AppEvents.quote(process, out);
        AppEvents.quote(description, out.append(",\"text\":"));
        AppEvents.quote(node, out.append(",\"node_id\":"));
        out.append(',').append(time.fields()).append('}');
    }
}
