package logyard.core.tail;

/**
 * What a tailer has done since it was started.
 *
 * @param files paths followed now
 * @param bytes read from files, each byte once
 * @param records handed out: lines, and pieces of long lines
 * @param rotations how often a path led to another file than before
 * @param truncations how often a file was emptied
 * @param losses notices of a {@linkplain TailNotice.Kind#isLoss loss}
 * @param lostBytes known to be lost; there may be more
 * @param overflows how often changes came faster than they could be noted; every file was looked at then
 * @param positionFailures saves that failed, and position files that could not be read at the start
 */
public record TailCounts(
        long files,
        long bytes,
        long records,
        long rotations,
        long truncations,
        long losses,
        long lostBytes,
        long overflows,
        long positionFailures) {}
