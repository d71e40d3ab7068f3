package logyard.apptail.docker;

import java.util.UUID;

/** Takes what one container writes. On the thread {@code docker}. */
public interface ContainerOutput {
    /** From now on pieces are behind {@code position} of {@code stream}; of those that come again the core takes none. */
    void startAt(UUID stream, long position);

    /**
     * A line, or a piece of a long one.
     *
     * @param name {@code stdout} or {@code stderr}
     * @param taken how many bytes it stands for
     * @param last whether the line ends with it
     * @param position more than that before it by at least 4
     */
    void piece(String name, byte[] bytes, int offset, int length, int taken, boolean last, long position);

    /** Publishes what was taken. */
    void flush();

    /** Whether more may come. What comes nevertheless is taken, too. */
    boolean hasRoom();

    /** Says among the lines of the application that something is wrong with a stream. */
    void warn(String text);

    /** Nothing more comes; a container is not followed any more. */
    void left(String name);
}
