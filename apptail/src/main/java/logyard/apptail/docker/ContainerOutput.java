package logyard.apptail.docker;

import java.util.UUID;

/** Takes what one container writes to one of its streams. On the thread {@code docker}. */
public interface ContainerOutput {
    /**
     * From now on pieces are behind {@code position} of {@code stream}; of those that come again the core takes none. What
     * was taken of a line that was not complete comes again.
     */
    void startAt(UUID stream, long position);

    /**
     * A line, or a piece of a long one.
     *
     * @param taken how many bytes it stands for
     * @param last whether the line ends with it
     * @param position more than that before it by at least 4
     */
    void piece(byte[] bytes, int offset, int length, int taken, boolean last, long position);

    /** Publishes what was taken. */
    void flush();

    /** Whether more may come. What comes nevertheless is taken, too. */
    boolean hasRoom();

    /** Says among the lines of the application that something is wrong with the stream. */
    void warn(String text);

    /** Nothing more comes; the stream is not followed any more. */
    void left();
}
