package logyard.apptail;

import java.util.Set;
import logyard.apptail.docker.ContainerPositions;
import logyard.apptail.docker.Docker;
import logyard.apptail.instance.Announcements;
import logyard.apptail.instance.Instances;
import logyard.apptail.timeline.Timeline;
import logyard.core.bus.AckedPublisher;
import logyard.core.event.StreamId;
import logyard.core.tail.FileTailer;
import org.jspecify.annotations.Nullable;

/**
 * What flows against the order in which the parts of apptail are made: acknowledgements back to the tail, ends of logs back
 * to their instances, addresses to who listens. Safe for use by several threads.
 */
final class Links implements AckedPublisher.Listener, Docker.Containers {
    private final String servers;
    private String mbus = "";
    private volatile @Nullable FileTailer tailer;
    private volatile @Nullable Timeline timeline;
    private volatile @Nullable Instances instances;
    private volatile @Nullable Announcements announcements;
    private volatile @Nullable ContainerPositions positions;
    private volatile @Nullable Docker docker;

    /** @param servers where NATS is; empty if the tree says it */
    Links(String servers) {
        this.servers = servers;
    }

    void of(FileTailer followed, Timeline told, Instances known) {
        tailer = followed;
        timeline = told;
        instances = known;
    }

    void of(ContainerPositions read) {
        positions = read;
    }

    void of(Docker asked) {
        docker = asked;
    }

    synchronized void of(Announcements listening) {
        announcements = listening;
        mbus(mbus);
    }

    /** Where NATS is, as the tree says. */
    synchronized void mbus(String uris) {
        mbus = uris;
        Announcements listening = announcements;
        if (listening != null) {
            listening.listenTo(servers.isEmpty() ? uris : servers);
        }
    }

    /** Nothing is left to be read of a log. */
    void left(String name) {
        Instances known = instances;
        if (known != null) {
            known.left(name);
        }
    }

    @Override
    public Set<String> known() {
        Instances followed = instances;
        return followed == null ? Set.of() : followed.keys();
    }

    @Override
    public void ended(String container) {
        Instances followed = instances;
        if (followed != null) {
            followed.stopped(container);
        }
    }

    @Override
    public void acknowledged(StreamId stream, long position) {
        ContainerPositions read = positions;
        if (read != null) {
            read.acknowledged(stream.high(), stream.low(), position);
        }
        FileTailer followed = tailer;
        if (followed != null) {
            followed.acknowledge(new logyard.core.tail.position.StreamId(stream.high(), stream.low()), position);
        }
    }

    @Override
    public void roomAgain() {
        Timeline told = timeline;
        if (told != null) {
            told.publish();
        }
        FileTailer followed = tailer;
        if (followed != null) {
            followed.wakeUp();
        }
        Docker asked = docker;
        if (asked != null) {
            asked.roomAgain();
        }
    }
}
