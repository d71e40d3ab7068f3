package logyard.core.tail;

/**
 * How the tailer stands with one followed path.
 *
 * @param name by which it is followed
 * @param unreadBytes between what was handed out and the end of the file, and of those that were at the path before; what
 *     cannot be opened just now is left out
 * @param records handed out since the tailer was started: lines, and pieces of long lines
 * @param losses notices of a {@linkplain TailNotice.Kind#isLoss loss}
 * @param lostBytes known to be lost; there may be more
 */
public record FileFigures(String name, long unreadBytes, long records, long losses, long lostBytes) {}
