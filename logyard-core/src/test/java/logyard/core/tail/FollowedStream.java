package logyard.core.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far one content was handed out in this life of the tailer, and has arrived in all. */
final class FollowedStream {
    private final LogContent content;
    private final List<Long> recordEnds = new ArrayList<>();

    /** Where the next record begins. */
    private long position;

    private long acknowledged;

    /** What was acknowledged in this life of the tailer, or saved in the one before. */
    private long known;

    /** What was acknowledged so long ago that it must be saved. */
    private long saved;

    private long beforeSave;

    /** Everything has arrived, and nothing of it is saved any more. */
    private boolean done;

    FollowedStream(LogContent content) {
        this.content = content;
    }

    LogContent content() {
        return content;
    }

    long position() {
        return position;
    }

    long acknowledged() {
        return acknowledged;
    }

    void handedOut(String line, long end, int limit) {
        assertThat(done).as("%s of %s, which was done with", line, content).isFalse();
        assertThat(end).as("end of %s of %s", line, content).isBetween(position, (long) content.length());
        String written = content.from(position, end);
        boolean isPiece = !written.endsWith("\n");
        assertThat(isPiece ? written : written.substring(0, written.length() - 1))
                .as("what is at %s of %s", position, content)
                .isEqualTo(line);
        assertThat(isPiece && line.length() < limit && content.isWrittenTo())
                .as("%s of %s is incomplete", line, content)
                .isFalse();
        position = end;
        recordEnds.add(end);
    }

    /** The end of one of the records that are not acknowledged; what is acknowledged if there is none. */
    long someRecordEnd(int which) {
        List<Long> open = recordEnds.stream().filter(end -> end > acknowledged).toList();
        return open.isEmpty() ? acknowledged : open.get(which % open.size());
    }

    void acknowledged(long offset) {
        acknowledged = Math.max(acknowledged, offset);
        known = Math.max(known, offset);
    }

    void beforeSave() {
        beforeSave = known;
    }

    void afterSave() {
        saved = Math.max(saved, beforeSave);
    }

    /**
     * The tailer has stopped.
     *
     * @param offset where this stream goes on; null if it does not
     */
    void tailerStopped(boolean killed, @Nullable Long offset) {
        recordEnds.clear();
        if (offset == null) {
            if (!content.isDamaged() && !done) {
                assertThat(acknowledged)
                        .as("acknowledged of %s, done with", content)
                        .isEqualTo(position);
            }
            done = true;
            return;
        }
        assertThat(offset).as("saved of %s", content).isBetween(killed ? saved : known, acknowledged);
        position = offset;
        known = offset;
    }
}
