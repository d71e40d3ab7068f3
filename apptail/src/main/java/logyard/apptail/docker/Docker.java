package logyard.apptail.docker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Docker's daemon of this node: reads the streams of containers, and tells which containers have ended. The daemon may be
 * away, slow, or talk nonsense: it is asked again every second, and the log says so once.
 *
 * <p>Any thread may call; everything is done by the one thread {@code docker}.
 */
public final class Docker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Docker.class);

    private final DockerClient client;
    private final ContainerPositions positions;
    private final Complaints complaints;
    private final ContainerEnds ends;
    private final Consumer<String> onEnd;
    private volatile boolean closed;

    // Of the thread "docker" only:
    private final Map<String, ContainerReader> readers = new HashMap<>(); // by container and stream

    /** Knows the containers of instances. */
    public interface Containers {
        /** The short ids, and whatever else the instances that run are called. Any thread. */
        Set<String> known();

        /** A container has ended, or is not there any more. Any thread. */
        void ended(String id);
    }

    /** Makes what takes a stream of a container. */
    public interface Outputs {
        /**
         * What takes one of them.
         *
         * @param stream {@code stdout} or {@code stderr}
         * @param thread the thread {@code docker}
         */
        ContainerOutput of(String container, String stream, ScheduledExecutorService thread);
    }

    private Docker(DockerAddress address, ContainerPositions positions, Containers containers) {
        this.client = new DockerClient(address);
        this.positions = positions;
        this.complaints = new Complaints(address.text());
        this.onEnd = containers::ended;
        this.ends = new ContainerEnds(this, containers);
    }

    /** Listens from now on; the daemon need not be there. */
    public static Docker start(DockerAddress address, ContainerPositions positions, Containers containers) {
        var docker = new Docker(address, positions, containers);
        docker.later(docker.ends::listen);
        return docker;
    }

    /**
     * Reads streams of a container, or goes on with what is read already, with this size of a piece.
     *
     * @param container the short id
     * @param names of the streams: {@code stdout}, {@code stderr} or both
     */
    public void follow(String container, Set<String> names, int maxRecordSize, Outputs outputs) {
        later(() -> names.forEach(name -> {
            ContainerReader known = readers.get(container + "/" + name);
            if (known == null) {
                ContainerOutput output = outputs.of(container, name, client.thread());
                var reader = new ContainerReader(container, name, positions, this, output, maxRecordSize);
                readers.put(container + "/" + name, reader);
                reader.start();
            } else {
                known.goOn(maxRecordSize);
            }
        }));
    }

    /** Reads what is there by now, and then tells {@link ContainerOutput#left} for each stream. */
    public void unfollow(String container) {
        later(() -> readersOf(container).forEach(ContainerReader::end));
    }

    /** Everything of a container was read. */
    public void forget(String container) {
        later(() -> {
            readersOf(container).forEach(ContainerReader::stop);
            readers.values().removeIf(reader -> reader.isOf(container));
        });
    }

    private List<ContainerReader> readersOf(String container) {
        return readers.values().stream()
                .filter(reader -> reader.isOf(container))
                .toList();
    }

    /** Forgets how far those were read that are not followed. */
    public void forgetOthers() {
        later(positions::forgetOthers);
    }

    /** There may be room again for what is read. */
    public void roomAgain() {
        later(() -> readers.values().forEach(ContainerReader::roomAgain));
    }

    void ended(String container) {
        onEnd.accept(container);
    }

    void later(Runnable task) {
        try {
            client.thread().execute(() -> {
                if (!closed) {
                    run(task);
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("Not any more: {}", e.getMessage());
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("A task of the thread docker failed by a bug", e);
        }
    }

    DockerClient client() {
        return client;
    }

    Complaints complaints() {
        return complaints;
    }

    boolean isClosed() {
        return closed;
    }

    /** Reads nothing more. */
    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
