package logyard.core.tail;

/**
 * Takes the lines of all followed files. Every method is called on the tail thread only, and must not block: what it
 * does delays all files. An exception it throws ends that thread.
 */
public interface LineHandler {
    /**
     * One line without its end, or one piece of a line that is too long.
     *
     * @param buffer is used again after this call
     * @param endOffset the offset in the file after all that this record stands for, to be given to {@link
     *     FileTailer#acknowledge}; for the last record of a line: after its LF
     */
    void line(TailedStream stream, byte[] buffer, int offset, int length, long endOffset);

    /** A chunk of a file was handed out; now is the time to send what was gathered. */
    void flush(TailedStream stream);

    /**
     * Whether more lines are welcome. While they are not, no file is read, but rotations are still followed, so that
     * nothing is lost; call {@link FileTailer#wakeUp} when there is room again.
     */
    boolean hasRoom();

    /**
     * A part of the file was passed over, as the handler {@linkplain TailedStream#skipToEndAfter asked for}.
     *
     * @param lines how many lines ended there
     * @param endOffset the offset in the file after it, to be acknowledged like that of a line
     */
    default void passedOver(TailedStream stream, long lines, long bytes, long endOffset) {}

    /** Nothing will come from this stream any more. */
    default void closed(TailedStream stream) {}

    /** Of a name that is followed no more, everything was handed out and acknowledged; its positions are forgotten. */
    default void left(String name) {}

    /** Something was lost, skipped or refused; it has been logged and counted. */
    default void notice(TailNotice notice) {}
}
