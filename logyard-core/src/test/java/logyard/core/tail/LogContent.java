package logyard.core.tail;

import java.nio.file.Path;

/** What was written to a log between two rotations, and how much of it the tailer can still find. */
final class LogContent {
    private static final long ALL = Long.MAX_VALUE;

    private final int number;
    private final StringBuilder text = new StringBuilder();
    private Path file;
    private boolean writtenTo = true;
    private boolean writtenToLate;

    /** The tailer has looked since it came to be where it is: it has it open while it runs. */
    private boolean open;

    /** It has no name any more, and goes with the tailer that has it open. */
    private boolean heldOnly;

    private long seen;
    private long kept = ALL;

    /** @param number how many contents the log had before it */
    LogContent(int number, Path file) {
        this.number = number;
        this.file = file;
    }

    int number() {
        return number;
    }

    Path file() {
        return file;
    }

    void movedTo(Path other) {
        file = other;
    }

    void append(String more) {
        text.append(more);
    }

    void appendLate(String more) {
        text.append(more);
        writtenToLate = true;
    }

    int length() {
        return text.length();
    }

    String from(long offset, long end) {
        return text.substring((int) offset, (int) end);
    }

    boolean beginsWith(String line) {
        return text.length() >= line.length() && text.indexOf(line) == 0;
    }

    boolean isMidLine() {
        return text.length() > 0 && text.charAt(text.length() - 1) != '\n';
    }

    /** The offset behind the last line that is complete. */
    long linesEnd() {
        return text.lastIndexOf("\n") + 1L;
    }

    /** Whether it is what the log has now. */
    boolean isWrittenTo() {
        return writtenTo;
    }

    boolean isWrittenToLate() {
        return writtenToLate;
    }

    /** The log goes on with another content. */
    void succeeded() {
        writtenTo = false;
    }

    void looked() {
        if (kept == ALL) {
            open = true;
            seen = writtenToLate ? seen : text.length(); // nobody expects more in a file that is done with
        }
    }

    boolean isOpen() {
        return open;
    }

    /** It is no longer in the file it was in, but in a copy that nobody has looked at. */
    void copied(Path copy, long bytes) {
        file = copy;
        open = false;
        if (bytes < text.length()) {
            kept = bytes;
        }
    }

    /** Nothing of it can be found any more. */
    void lost() {
        kept = 0;
    }

    /** Its file is deleted. */
    void unlinked(boolean running) {
        heldOnly = running && open;
        if (!heldOnly) {
            lost();
        }
    }

    void tailerStopped() {
        if (heldOnly) {
            lost();
        }
    }

    /** Whether not all of it can be found. */
    boolean isDamaged() {
        return kept < text.length();
    }

    /** Whether more could have been written to it, as far as the tailer can know, than can be found. */
    boolean isExposed() {
        return kept != ALL;
    }

    /** How much of it must arrive. */
    long required() {
        return Math.min(kept, text.length());
    }

    /** How much of it the tailer knows of. */
    long seen() {
        return seen;
    }

    @Override
    public String toString() {
        return "content " + number + " in " + file;
    }
}
