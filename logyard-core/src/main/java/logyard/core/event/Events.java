package logyard.core.event;

/**
 * Walks over the events of a frame, be it a batch or a single event, without an object for each. One thread; reusable.
 */
public final class Events {
    private final Message message = new Message();
    private byte[] bytes = {};
    private int at;
    private int left;
    private int advance;

    /**
     * Starts before the first event of a frame that was checked when it came in. In a batch of a later version there are
     * none.
     */
    public Events over(byte[] frame) {
        bytes = frame;
        if (!BatchFrame.isOfKnownVersion(frame)) {
            left = 0;
        } else if (BatchFrame.isBatch(frame)) {
            int fixed = BatchFrame.CLIENT + 1 + (frame[BatchFrame.CLIENT] & 0xff);
            left = ByteBuilder.intAt(frame, fixed + BatchFrame.FIXED_BYTES - Integer.BYTES);
            at = fixed + BatchFrame.FIXED_BYTES;
        } else {
            left = 1;
            at = -1;
        }
        return this;
    }

    /** Moves to the next event; false if there is none. */
    public boolean next() {
        if (left == 0) {
            return false;
        }
        left--;
        if (at < 0) {
            advance = 1;
            return message.pointAt(bytes, 0, bytes.length);
        }
        int start = at + BatchFrame.EVENT_HEADER_BYTES;
        advance = ByteBuilder.intAt(bytes, at);
        at = start + ByteBuilder.intAt(bytes, at + Integer.BYTES);
        return message.pointAt(bytes, start, at);
    }

    /** How much further in its stream the event moved to last ends than the one before it; 1 for a single event. */
    public int advance() {
        return advance;
    }

    /** The event moved to last; the same view each time. */
    public Message message() {
        return message;
    }
}
