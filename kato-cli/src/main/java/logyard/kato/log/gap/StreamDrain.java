package logyard.kato.log.gap;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.ConfigUnavailableException;
import logyard.core.daemon.NamedThreads;
import org.jspecify.annotations.Nullable;

/**
 * The drain by which the nodes send to this process: in the tree for as long as this is open, and made again when it was
 * lost, of which the operator is told.
 */
public final class StreamDrain implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final long LOOK_MILLIS = 250;
    private static final int LOOKS_PER_READ = 4;

    private final ConfigTree tree;
    private final ConfigPath place;
    private final TextNode uri;
    private final Clock clock;
    private final Attendance attendance;
    private final Consumer<String> notices;
    private final ScheduledExecutorService looking = NamedThreads.scheduler("stream-zookeeper");
    private final ConfigTree.Publication publication;

    // On the thread that looks only:
    private boolean isUnreachable;
    private int looks;

    /** When the drain was there for certain, the last time that this was in doubt. */
    private volatile @Nullable Instant doubtful;

    /**
     * Puts the drain into the tree.
     *
     * @param attendance is told when the drain is gone
     * @param notices is told, in words, what happens to it
     */
    public StreamDrain(
            ConfigTree tree, String name, String uri, Clock clock, Attendance attendance, Consumer<String> notices) {
        this.tree = tree;
        this.place = ConfigPath.DRAINS.child(name);
        this.uri = TextNode.valueOf(uri);
        this.clock = clock;
        this.attendance = attendance;
        this.notices = notices;
        this.publication = tree.publish(place, this.uri, this::madeAgain);
        looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        boolean wasUnreachable = isUnreachable;
        isUnreachable = !tree.isConnected();
        Instant since = doubtful;
        if (isUnreachable && !wasUnreachable) {
            doubtful = clock.instant();
        } else if (wasUnreachable && !isUnreachable && since != null) {
            notices.accept("ZooKeeper can be reached again, after "
                    + Attendance.seconds(Duration.between(since, clock.instant())));
        }
        looks++;
        if (!isUnreachable && looks % LOOKS_PER_READ == 0) {
            lookForTheDrain();
        }
    }

    /** The session brings it back when it was lost with a session; here is seen if somebody deleted it. */
    private void lookForTheDrain() {
        try {
            if (tree.read(place).isEmpty()) {
                doubtful = clock.instant();
                attendance.drainGone();
                publication.update(uri);
            }
        } catch (ConfigUnavailableException e) {
            // the next look tells whether the connection is lost
        }
    }

    private void madeAgain() {
        attendance.drainGone();
        Instant since = doubtful;
        notices.accept("the drain was gone from ZooKeeper, and was made again: what the nodes logged "
                + (since == null
                        ? "meanwhile"
                        : "since " + TIME.format(ZonedDateTime.ofInstant(since, clock.getZone())))
                + " may be missing");
    }

    /** Takes the drain out of the tree. */
    @Override
    public void close() {
        NamedThreads.stop(looking);
        publication.close();
    }
}
