package logyard.core.event;

import java.nio.charset.StandardCharsets;

/**
 * Writes the events of one stream into batches, straight into one reused array. One thread.
 *
 * <p>For each event: write {@code <key> SP <json>} to {@link #event}, then call {@link #endEvent}.
 */
public final class BatchBuilder {
    private final ByteBuilder out;
    private final int header;
    private long acknowledged;
    private long end;
    private int count;
    private int eventStart;

    /**
     * @param client the publisher's name, to which acknowledgements are addressed: 1 to 64 ASCII characters
     * @param acknowledged up to where the stream is known to be safe
     */
    public BatchBuilder(String client, StreamId stream, long acknowledged) {
        byte[] name = client.getBytes(StandardCharsets.US_ASCII);
        if (name.length == 0 || name.length > BatchFrame.MAX_CLIENT_BYTES) {
            throw new IllegalArgumentException(
                    "A client's name has 1 to " + BatchFrame.MAX_CLIENT_BYTES + " characters, got \"" + client + "\"");
        }
        this.acknowledged = acknowledged;
        this.end = acknowledged;
        out = new ByteBuilder(8192);
        out.appendByte(BatchFrame.MARK)
                .appendByte(BatchFrame.VERSION)
                .appendByte(name.length)
                .append(name);
        stream.write(out);
        header = out.length();
    }

    /** Tells that the stream is safe up to {@code position}: batches begun from now on say so. */
    public void acknowledge(long position) {
        acknowledged = Math.max(acknowledged, position);
    }

    /** How many events were written since the last {@link #finish}. */
    public int count() {
        return count;
    }

    /** How large the batch is by now, in bytes. */
    public int length() {
        return out.length();
    }

    /** Where to write the next event that begins at {@code from} in the stream. */
    public ByteBuilder event(long from) {
        if (count == 0) {
            out.truncate(header);
            out.appendLong(Math.min(acknowledged, from)).appendLong(from).appendInt(0);
            end = from;
        }
        eventStart = out.length();
        return out.appendInt(0).appendInt(0);
    }

    /** Ends the event begun last; it ends at {@code position} in the stream. */
    public void endEvent(long position) {
        out.setInt(eventStart, Math.toIntExact(position - end));
        out.setInt(eventStart + Integer.BYTES, out.length() - eventStart - BatchFrame.EVENT_HEADER_BYTES);
        end = position;
        count++;
    }

    /** The batch of the events written since the last call; there must be one. */
    public BatchFrame finish() {
        out.setInt(header + 2 * Long.BYTES, count);
        BatchFrame frame = BatchFrame.ofChecked(out.toByteArray(), header - StreamId.BYTES, count, end);
        count = 0;
        return frame;
    }
}
