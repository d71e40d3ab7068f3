package logyard.core.event;

import java.nio.charset.StandardCharsets;

/**
 * Many events of one stream in one frame of the bus, and in one record of the journal. Immutable; the array it
 * was made of belongs to it.
 *
 * <p>Layout: {@code 01} · version u8 · client (length u8, ASCII) · stream id 16 bytes · acknowledged u64 · from u64 ·
 * count u32 · count × (advance u32 · length u32 · {@code <key> SP <json>}). Positions are the stream's own: bytes of a
 * file, or a counter. Event <i>i</i> ends at {@code from} plus the advances up to it, each at least 1; a batch begins
 * where the one before it ended. {@code acknowledged}, at most {@code from}, is up to where the publisher knows the
 * stream to be safe: what lies before it will not be sent again.
 */
public final class BatchFrame {
    /** The first byte of every batch; no key can begin with it. */
    public static final byte MARK = 1;

    /** The version this code writes, and the only one it reads. */
    public static final byte VERSION = 1;

    /** The longest name of a client, in bytes; visible ASCII, since it is a word in the acknowledgements. */
    public static final int MAX_CLIENT_BYTES = 64;

    static final int CLIENT = 2;
    static final int FIXED_BYTES = StreamId.BYTES + 2 * Long.BYTES + Integer.BYTES;
    static final int EVENT_HEADER_BYTES = 2 * Integer.BYTES;

    private final byte[] bytes;
    private final int afterClient;
    private final int count;
    private final long end;

    private BatchFrame(byte[] bytes, int afterClient, int count, long end) {
        this.bytes = bytes;
        this.afterClient = afterClient;
        this.count = count;
        this.end = end;
    }

    /** The frame a {@link BatchBuilder} wrote. */
    static BatchFrame ofChecked(byte[] bytes, int afterClient, int count, long end) {
        return new BatchFrame(bytes, afterClient, count, end);
    }

    /** Whether a frame claims to be a batch. */
    public static boolean isBatch(byte[] frame) {
        return frame.length > 0 && frame[0] == MARK;
    }

    /** Whether a frame is none of a later version of Logyard; the journal may hold such, after a downgrade. */
    public static boolean isOfKnownVersion(byte[] frame) {
        return !isBatch(frame) || (frame.length > 1 && frame[1] == VERSION);
    }

    /**
     * Reads a frame and checks all of it, down to the key of each event.
     *
     * @throws MalformedFrameException if anything in it is not as it must be
     */
    public static BatchFrame parse(byte[] frame) throws MalformedFrameException {
        if (frame.length <= CLIENT || frame[0] != MARK) {
            throw new MalformedFrameException("not a batch frame");
        }
        if (frame[1] != VERSION) {
            throw new MalformedFrameException("batch version " + frame[1] + ", but only " + VERSION + " is known");
        }
        int afterClient = CLIENT + 1 + (frame[CLIENT] & 0xff);
        if (frame.length < afterClient + FIXED_BYTES) {
            throw new MalformedFrameException("batch header cut short");
        }
        if (!isClientName(frame, CLIENT + 1, afterClient)) {
            throw new MalformedFrameException("batch without a proper client name");
        }
        int count = ByteBuilder.intAt(frame, afterClient + StreamId.BYTES + 2 * Long.BYTES);
        long from = ByteBuilder.longAt(frame, afterClient + StreamId.BYTES + Long.BYTES);
        long acknowledged = ByteBuilder.longAt(frame, afterClient + StreamId.BYTES);
        if (count <= 0 || from < 0 || acknowledged < 0 || acknowledged > from) {
            throw new MalformedFrameException(
                    "batch header with count " + count + ", from " + from + " and acknowledged " + acknowledged);
        }
        long end = from + checkEvents(frame, afterClient + FIXED_BYTES, count);
        if (end < from) {
            throw new MalformedFrameException("batch that ends behind any position");
        }
        return new BatchFrame(frame, afterClient, count, end);
    }

    /** Whether a name can be that of a client: 1 to {@value #MAX_CLIENT_BYTES} visible ASCII characters. */
    public static boolean isClientName(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return isClientName(bytes, 0, bytes.length);
    }

    private static boolean isClientName(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] <= ' ' || bytes[i] == 0x7f) {
                return false;
            }
        }
        return start < end && end - start <= MAX_CLIENT_BYTES;
    }

    private static long checkEvents(byte[] frame, int offset, int count) throws MalformedFrameException {
        var message = new Message();
        long advanced = 0;
        int at = offset;
        for (int i = 0; i < count; i++) {
            if (frame.length - at < EVENT_HEADER_BYTES) {
                throw new MalformedFrameException("batch ends before event " + i + " of " + count);
            }
            int advance = ByteBuilder.intAt(frame, at);
            int length = ByteBuilder.intAt(frame, at + Integer.BYTES);
            at += EVENT_HEADER_BYTES;
            if (advance <= 0) {
                throw new MalformedFrameException("batch event " + i + " that advances by " + advance);
            }
            if (length <= 0 || length > frame.length - at) {
                throw new MalformedFrameException("batch event " + i + " of " + length + " bytes does not fit");
            }
            if (!message.pointAt(frame, at, at + length)) {
                throw new MalformedFrameException("batch event " + i + " has no key");
            }
            at += length;
            advanced += advance;
        }
        if (at != frame.length) {
            throw new MalformedFrameException("batch with " + (frame.length - at) + " bytes behind its last event");
        }
        return advanced;
    }

    /** The whole frame, as on the wire and in the journal. */
    public byte[] bytes() {
        return bytes;
    }

    /** The name of the publisher. */
    public String client() {
        return new String(bytes, CLIENT + 1, afterClient - CLIENT - 1, StandardCharsets.US_ASCII);
    }

    public StreamId stream() {
        return StreamId.read(bytes, afterClient);
    }

    /** Up to where the publisher knew the stream to be safe when it sent this. */
    public long acknowledged() {
        return ByteBuilder.longAt(bytes, afterClient + StreamId.BYTES);
    }

    /** The position in the stream where the first event begins. */
    public long from() {
        return ByteBuilder.longAt(bytes, afterClient + StreamId.BYTES + Long.BYTES);
    }

    /** The position in the stream where the last event ends. */
    public long end() {
        return end;
    }

    /** How many events there are, at least 1. */
    public int count() {
        return count;
    }

    /** Where in {@link #bytes} the first event's header is; see {@link Events}. */
    int firstEvent() {
        return afterClient + FIXED_BYTES;
    }

    /**
     * This batch without the events that end at or before {@code position}; the same batch if there are none. There
     * must be an event that ends behind it.
     */
    public BatchFrame after(long position) {
        int at = firstEvent();
        long reached = from();
        int skipped = 0;
        while (reached + ByteBuilder.intAt(bytes, at) <= position) {
            reached += ByteBuilder.intAt(bytes, at);
            at += EVENT_HEADER_BYTES + ByteBuilder.intAt(bytes, at + Integer.BYTES);
            skipped++;
        }
        if (skipped == 0) {
            return this;
        }
        var cut = new ByteBuilder(firstEvent() + bytes.length - at);
        cut.append(bytes, 0, afterClient + StreamId.BYTES + Long.BYTES)
                .appendLong(reached)
                .appendInt(count - skipped)
                .append(bytes, at, bytes.length - at);
        return new BatchFrame(cut.array(), afterClient, count - skipped, end);
    }

    /** A copy of this batch that says the stream is safe up to {@code position}. */
    public BatchFrame acknowledge(long position) {
        byte[] copy = bytes.clone();
        ByteBuilder.setLong(copy, afterClient + StreamId.BYTES, position);
        return new BatchFrame(copy, afterClient, count, end);
    }
}
