package logyard.core.journal;

import java.nio.file.Path;

/**
 * Something in the files of a journal that is not as it was written.
 *
 * @param file where
 * @param base the position at which the file begins; 0 if it is no segment
 * @param from the position where it begins
 * @param to the position behind it; the same if it is a whole file
 */
public record JournalDamage(Kind kind, Path file, long base, long from, long to) {
    /** What is wrong. */
    public enum Kind {
        /** A segment does not begin as it must. */
        HEADER("the header is damaged"),
        /** Bytes that are no records, or records whose checksum is wrong. */
        RECORDS("records are damaged"),
        /** There is nothing between the end of a segment and the beginning of the next one. */
        MISSING("bytes are missing behind the end of the file"),
        /** The beginning of a record whose end never came, as a crash leaves it: the next start cuts it off. */
        TORN_END("torn off by a crash; the next start of logyard cuts that off"),
        /** The summary of a segment cannot be used: the next start reads the segment instead. */
        SUMMARY("the summary is damaged"),
        /** What says where the streams stood cannot be used: the next start reads segments instead. */
        STREAMS("it is damaged");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** Whether it is nothing that a crash could not leave in a journal that is whole. */
    public boolean isHarmless() {
        return kind == Kind.TORN_END;
    }

    public long bytes() {
        return to - from;
    }

    @Override
    public String toString() {
        return bytes() == 0
                ? file + ": " + kind.words
                : file + ": " + bytes() + " bytes at offset " + (from - base) + " (position " + from + "): "
                        + kind.words;
    }
}
