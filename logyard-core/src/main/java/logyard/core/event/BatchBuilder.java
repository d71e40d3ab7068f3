package logyard.core.event;

import java.nio.charset.StandardCharsets;

/**
 * Writes the events of one stream into batches, straight into one reused array. One thread.
 *
 * <p>For each event: write {@code <key> SP <json>} to {@link #event}, then call {@link #endEvent}. What of the stream is
 * skipped belongs to the event behind it: a stream has no holes, or the core would wait for what is in them.
 */
public final class BatchBuilder {
    private final ByteBuilder out;
    private final int header;
    private final long start;
    private long end;
    private int count;
    private int eventStart;

    /**
     * @param client the publisher's name, to which acknowledgements are addressed: 1 to 64 visible ASCII characters
     * @param start where the first event begins; what lies before is safe, or not to be published
     */
    public BatchBuilder(String client, StreamId stream, long start) {
        byte[] name = client.getBytes(StandardCharsets.UTF_8);
        if (!BatchFrame.isClientName(client)) {
            throw new IllegalArgumentException("A client's name has 1 to " + BatchFrame.MAX_CLIENT_BYTES
                    + " visible ASCII characters, got \"" + client + "\"");
        }
        this.start = start;
        this.end = start;
        out = new ByteBuilder(8192);
        out.appendByte(BatchFrame.MARK)
                .appendByte(BatchFrame.VERSION)
                .appendByte(name.length)
                .append(name);
        stream.write(out);
        header = out.length();
    }

    /** How many events were written since the last {@link #finish}. */
    public int count() {
        return count;
    }

    /** How large the batch is by now, in bytes. */
    public int length() {
        return out.length();
    }

    /** Where to write the next event, which begins where the one before it ended. */
    public ByteBuilder event() {
        if (count == 0) {
            out.truncate(header);
            out.appendLong(start).appendLong(end).appendInt(0);
        }
        eventStart = out.length();
        return out.appendInt(0).appendInt(0);
    }

    /** Ends the event begun last; it ends at {@code position} in the stream, behind the one before it. */
    public void endEvent(long position) {
        if (position <= end) {
            throw new IllegalArgumentException("An event must end behind " + end + ", got " + position);
        }
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
