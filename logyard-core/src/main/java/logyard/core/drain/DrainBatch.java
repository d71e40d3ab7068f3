package logyard.core.drain;

import java.util.Arrays;
import logyard.core.event.ByteBuilder;
import logyard.core.event.Message;

/**
 * Events in the form in which a target is sent them, one behind the other in one array. Filled by the run of a drain,
 * then lent to the drain until the future of {@link Drain#write} completes.
 */
public final class DrainBatch {
    private static final int SMALL_BYTES = 4096;
    private static final int SMALL_EVENTS = 16;

    private final int maxEventBytes;
    private ByteBuilder content = new ByteBuilder(SMALL_BYTES);
    private int[] ends = new int[SMALL_EVENTS];
    private byte[][] keys = new byte[SMALL_EVENTS][];
    private int size;

    /** An empty batch for a drain that takes events of any length. */
    public DrainBatch() {
        this(Integer.MAX_VALUE);
    }

    /** @param maxEventBytes a longer event is refused, see {@link Drain#maxEventBytes} */
    public DrainBatch(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /** A batch of one event, the first that a drain gets. */
    public static DrainBatch single(Message message, MessageFormat format, int maxEventBytes)
            throws MessageFormat.UnformattableException {
        var batch = new DrainBatch(maxEventBytes);
        batch.add(message, 1, format);
        return batch;
    }

    /** Adds an event; {@code sequence} as in {@link MessageFormat#append}. */
    public void add(Message message, long sequence, MessageFormat format) throws MessageFormat.UnformattableException {
        int start = content.length();
        try {
            format.append(message, sequence, content);
            int length = content.length() - start;
            if (length > maxEventBytes) {
                throw new MessageFormat.TooLargeException(length, maxEventBytes);
            }
        } catch (MessageFormat.UnformattableException e) {
            content.truncate(start);
            throw e;
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
            keys = Arrays.copyOf(keys, size * 2);
        }
        keys[size] = keyOf(message);
        ends[size++] = content.length();
    }

    /** Events come in runs of one key, which then is copied once. */
    private byte[] keyOf(Message message) {
        if (size > 0 && message.keyEquals(keys[size - 1], 0, keys[size - 1].length)) {
            return keys[size - 1];
        }
        return Arrays.copyOfRange(message.bytes(), message.start(), message.start() + message.keyLength());
    }

    /** How many events there are. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The array that holds them; its first {@link #length} bytes count. */
    public byte[] bytes() {
        return content.array();
    }

    /** How many bytes all events have together. */
    public int length() {
        return content.length();
    }

    /** Where in {@link #bytes} an event begins. */
    public int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** Where in {@link #bytes} an event ends. */
    public int end(int index) {
        return ends[index];
    }

    /** The key of an event; the same array for neighbours of the same key. Not to be changed. */
    public byte[] key(int index) {
        return keys[index];
    }

    /** Empties the batch, to be filled again. */
    public void clear() {
        content.truncate(0);
        size = 0;
    }

    /** Gives back the memory of an empty batch that was large; a thousand idle drains cost little then. */
    public void shrink() {
        if (size == 0 && content.array().length > SMALL_BYTES) {
            content = new ByteBuilder(SMALL_BYTES);
            ends = new int[SMALL_EVENTS];
            keys = new byte[SMALL_EVENTS][];
        }
    }
}
