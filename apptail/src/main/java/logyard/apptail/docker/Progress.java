package logyard.apptail.docker;

import java.util.ArrayDeque;
import java.util.Deque;

/** How far one stream of a container was read, and how far of that is safe. Any thread. */
final class Progress {
    private final Deque<Checkpoint> published = new ArrayDeque<>();
    private Checkpoint safe;

    Progress(Checkpoint safe) {
        this.safe = safe;
    }

    /** Everything up to here was published. */
    synchronized void published(Checkpoint checkpoint) {
        Checkpoint last = published.peekLast();
        if (last != null && last.position() >= checkpoint.position()) {
            return; // read again after a broken connection
        }
        if (checkpoint.position() > safe.position()) {
            published.add(checkpoint);
        }
    }

    /** Everything up to {@code position} is stored. */
    synchronized void acknowledged(long position) {
        while (!published.isEmpty() && published.getFirst().position() <= position) {
            safe = published.remove();
        }
    }

    /** Up to where nothing need be read again. */
    synchronized Checkpoint safe() {
        return safe;
    }
}
