package logyard.core.tail;

import java.nio.file.Path;

/**
 * Something an operator should know about a followed path.
 *
 * @param bytes how many bytes of the log it is about, or {@link #UNKNOWN}
 */
public record TailNotice(Kind kind, String name, Path path, long bytes) {
    /** It cannot be said how many bytes, and possibly there are none. */
    public static final long UNKNOWN = -1;

    /** What happened. */
    public enum Kind {
        /** The file was emptied, with bytes in it that had not been read, or not been acknowledged before a restart. */
        TRUNCATED("emptied before they were stored"),
        /** After a restart, a file that had been followed was nowhere to be found. */
        GONE("the file was not found after a restart"),
        /** The path was rotated so often, or while the handler had no room, that the oldest files were given up. */
        TOO_MANY_ROTATIONS("rotated too often to be read"),
        /** There are so many files beside it that those which were rotated away may not be among those looked at. */
        TOO_MANY_FILES("too many files beside it to find those that were rotated away"),
        /** After a restart, nobody knows how far a file was read: the positions are damaged, or gone. */
        POSITION_LOST("how far it was read is not known any more"),
        /** After a restart, there was more to read than the options allow. */
        BACKLOG_SKIPPED("more than may be read after a restart"),
        /** The file was larger than the options allow when it was followed for the first time: where reading begins. */
        BEGINNING_SKIPPED("there before it was followed for the first time"),
        /** The path was not to be followed any more while a file of it could not be read. */
        ABANDONED("not followed any more before they were read"),
        /** The path is a directory, FIFO, device or socket. */
        NOT_A_FILE(""),
        /** The file cannot be opened or read; it is tried again. */
        UNREADABLE("");

        private final String loss;

        Kind(String loss) {
            this.loss = loss;
        }

        /** Whether lines were, or may have been, lost. */
        public boolean isLoss() {
            return !loss.isEmpty();
        }

        /** Why they were lost, in words behind a colon. */
        public String reason() {
            return loss;
        }
    }
}
